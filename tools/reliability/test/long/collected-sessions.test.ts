import { listen } from '@conductor-ts/sockets';
import { createTransport } from '@conductor-ts/transport';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { collectGarbage } from '../../src/collect-garbage.ts';
import { FRAME, type FrameConnection, startFrameServer } from '../../src/frame-server.ts';

const CONTINUATION = 9;
const END_HEADERS = 4;
const ROUNDS = 100;
/** `:status: 200`. */
const OK = Buffer.from([0x88]);
/** `x: y`, a few hundred times: more headers than Node takes. */
const HEADERS = Buffer.concat(Array.from({ length: 300 }, () => Buffer.from([0x00, 1, 0x78, 1, 0x79])));

/** Collects garbage between the events of other sockets, as a busy process does now and then. */
async function busyCollector(): Promise<AsyncDisposable> {
  const echo = await listen(createServer((socket) => socket.on('error', () => undefined).pipe(socket)));
  const sockets = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const socket = connect(echo.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.on('data', (data) => {
        collectGarbage({ type: 'minor' });
        socket.write(data);
      });
      socket.write('x');
      return socket;
    }),
  );
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await echo[Symbol.asyncDispose]();
    },
  };
}

const unfinished: [string, (connection: FrameConnection, streamId: number) => void][] = [
  ['more headers than are taken', (on, id) => on.send(FRAME.headers, END_HEADERS, id, Buffer.concat([OK, HEADERS]))],
  [
    'headers that are continued too often',
    (on, id) => {
      on.send(FRAME.headers, 0, id, OK);
      for (let n = 0; n < 300; n += 1) on.send(CONTINUATION, 0, id, HEADERS.subarray(0, 5));
    },
  ],
];

// Where the part of the session that is Node's is collected before its stream, Node aborts this process.
test.each(unfinished)('%s: garbage that is collected while the session ends does no harm', async (_, send) => {
  await using server = await startFrameServer(send);
  await using _collector = await busyCollector();
  for (let round = 0; round < ROUNDS; round += 1) {
    const transport = createTransport({ http2: 'prior-knowledge' });
    await expect(transport.fetch(server.url)).rejects.toMatchObject({ name: 'TransportError' });
    await transport.close({ timeoutMs: 0 });
  }
  expect(server.requests).toBe(ROUNDS);
});
