import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Connection } from '../../src/server/connection.ts';

async function accepted(): Promise<{ connection: Connection; caller: Socket; server: AsyncDisposable }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const caller = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  const [raw] = (await once(server, 'connection')) as [Socket];
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { connection: new Connection(1, raw), caller, server: { [Symbol.asyncDispose]: close } };
}

test('a reset behind a FIN that is on its way ends the connection all the same', async () => {
  const { connection, caller, server } = await accepted();
  await using _server = server;
  const gone = once(caller, 'close');
  caller.resume();
  connection.raw.end();
  await new Promise((resolve) => process.nextTick(resolve));
  connection.reset();
  await connection.closed;
  await gone;
});

test('a connection that is closed again and again is closed once', async () => {
  const { connection, caller, server } = await accepted();
  await using _server = server;
  // A caller that does not read: what was written stays, and so does the end of it.
  caller.pause();
  connection.raw.write(Buffer.alloc(16_000_000));
  for (let time = 0; time < 20; time += 1) connection.close();
  expect(connection.raw.listenerCount('finish')).toBeLessThan(5);
  connection.reset();
  await connection.closed;
});
