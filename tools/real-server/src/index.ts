export { findJava, LOWEST_JAVA, type Java } from './find-java.ts';
export { freePort } from './free-port.ts';
export { SERVER_VERSION } from './server-jar.ts';
export { SetupError } from './setup-error.ts';
export { startRealServer, type RealServer, type RealServerOptions } from './start-real-server.ts';
