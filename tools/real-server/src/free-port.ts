import { once } from 'node:events';
import { createServer } from 'node:net';
import { SetupError } from './setup-error.ts';

/** A port of the loopback interface that nobody listens on just now: for programs that cannot choose one by themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new SetupError('This machine gave no free port.');
  return address.port;
}
