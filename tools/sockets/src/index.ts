export { closedPort, type Listening, listen, type ListenOptions } from './listen.ts';
export { type Proxy, type ProxyOptions, startProxy } from './proxy.ts';
export { type Relay, startRelay } from './relay.ts';
