import { existsSync, renameSync, rmSync } from 'node:fs';
import { findJava } from './find-java.ts';
import { MissingToolError, SetupError } from './setup-error.ts';
import { startRealServer, type RealServerOptions } from './start-real-server.ts';
import { unpackedApp } from './unpacked-app.ts';

/** The first that writes a cache of loaded classes at the end of an ordinary run. */
const LOWEST_JAVA_WITH_CLASS_CACHE = 25;

/**
 * Fetches the server and has it write its class cache, where that is not done yet. Gives a line that says what is so now.
 * Throws a `MissingToolError` where this machine lacks a tool, and a `SetupError` where the server does not boot.
 */
export async function prepare(options: RealServerOptions = {}): Promise<string> {
  const given = process.env['CONDUCTOR_SERVER_URL'];
  if (given !== undefined) return `${given} (from CONDUCTOR_SERVER_URL): there is nothing to prepare.`;
  const java = findJava();
  const { aotCache } = await unpackedApp(java);
  if (existsSync(aotCache)) return 'The server is prepared already.';
  if (java.major < LOWEST_JAVA_WITH_CLASS_CACHE) {
    throw new MissingToolError(
      `The server is fetched, but a class cache needs Java ${LOWEST_JAVA_WITH_CLASS_CACHE}; ${java.path} is Java ${java.major}. ` +
        'The server boots without one, only slower. For quick boots install a newer JDK or point JAVA_HOME at one.',
    );
  }
  // In one step, so that a run that was cut off leaves no half of it behind.
  const unfinished = `${aotCache}.${process.pid}`;
  try {
    const server = await startRealServer({ ...options, trainInto: unfinished });
    await server.stop();
    if (!existsSync(unfinished))
      throw new SetupError(`${java.path} wrote no class cache. The server boots without one, only slower.`);
    renameSync(unfinished, aotCache);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return 'The server is prepared: later boots are about three times as fast.';
}
