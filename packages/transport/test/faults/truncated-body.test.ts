import type { Socket } from 'node:net';
import * as zlib from 'node:zlib';
import Pool from 'undici/lib/dispatcher/pool.js';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';
import type { FrameConnection } from '../servers/http2-frames.ts';
import { startHttp2, startRaw } from '../servers/http-servers.ts';

/** Writes a head and a part of the body, then ends the connection. */
function cut(head: string, part: string | Buffer, end: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);
      socket.write(part);
      setTimeout(() => end(socket), 10);
    });
  };
}

/** The head, a part of the body, then RST_STREAM. (node's own server ends a stream before it resets it.) */
function cutStream(connection: FrameConnection, streamId: number, code: number): void {
  connection.send(FRAME.headers, 0x4, streamId, Buffer.from([0x88]));
  connection.send(FRAME.data, 0, streamId, Buffer.from('{"a":'));
  setTimeout(() => connection.send(FRAME.rstStream, 0, streamId, Buffer.from([0, 0, 0, code])), 10);
}

const fin = (socket: Socket): void => void socket.end();
const rst = (socket: Socket): void => void socket.resetAndDestroy();

test.each([
  ['FIN before content-length is reached', cut('content-length: 100', '{"a":', fin)],
  ['RST before content-length is reached', cut('content-length: 100', '{"a":', rst)],
  ['FIN between chunks', cut('transfer-encoding: chunked', '5\r\n{"a":\r\n', fin)],
  ['RST between chunks', cut('transfer-encoding: chunked', '5\r\n{"a":\r\n', rst)],
  [
    'FIN in a compressed body',
    cut(
      'transfer-encoding: chunked\r\ncontent-encoding: gzip',
      Buffer.concat([Buffer.from('a\r\n'), zlib.gzipSync('{"a":1}').subarray(0, 10), Buffer.from('\r\n')]),
      fin,
    ),
  ],
])('HTTP/1.1, %s: the body is an error', async (_fault, onSocket) => {
  await using server = await startRaw(onSocket);
  await using transport = createTransport();
  const response = await transport.fetch(server.url);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toMatchObject({
    code: expect.stringMatching(/^(RESPONSE_TRUNCATED|CONNECTION_RESET)$/),
    requestSent: true,
  });
});

test.each([
  [0x0, 'RESPONSE_TRUNCATED'],
  [0x2, 'STREAM_RESET'],
  [0x8, 'STREAM_RESET'],
  [0xb, 'STREAM_RESET'],
])('HTTP/2, reset with code %i in the body: the body is an error', async (http2Code, code) => {
  await using server = await startFrames((connection, streamId) => cutStream(connection, streamId, http2Code));
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const response = await transport.fetch(server.url);
  await expect(response.text()).rejects.toMatchObject({ code, http2Code, requestSent: true });
});

test('undici takes a body that was reset with CANCEL for a whole one, which is why it does not carry HTTP/2 here', async () => {
  await using server = await startFrames((connection, streamId) => cutStream(connection, streamId, 8));
  const pool = new Pool(server.url, { useH2c: true } as object as ConstructorParameters<typeof Pool>[1]);
  const outcome = await new Promise((resolve) => {
    let text = '';
    pool.dispatch(
      { path: '/', method: 'GET' },
      {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData: (_: unknown, chunk: Buffer) => (text += chunk.toString()),
        onResponseEnd: () => resolve(text),
        onResponseError: (_: unknown, error: Error) => resolve(error),
      },
    );
  });
  await pool.destroy();
  expect(outcome).toBe('{"a":');
});

test('HTTP/2, the socket is lost in the body: the body is an error', async () => {
  await using server = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('{"a":');
    setTimeout(() => server.sockets.forEach((socket) => socket.resetAndDestroy()), 10);
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const response = await transport.fetch(server.url);
  await expect(response.json()).rejects.toMatchObject({ code: 'CONNECTION_RESET', requestSent: true });
});

test('HTTP/2, the session is destroyed in the body: the body is an error, also for one who reads it as a stream', async () => {
  await using server = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('{"a":');
    setTimeout(() => stream.session?.destroy(), 10);
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const { body } = await transport.fetch(server.url);
  const reader = body?.getReader();
  await reader?.read();
  await expect(reader?.read()).rejects.toMatchObject({ requestSent: true });
});

test('HTTP/2, a reset after every announced byte is a whole body', async () => {
  await using server = await startFrames((connection, streamId) => {
    // `:status: 200`, `content-length: 5` as literals of RFC 7541 over the static table.
    connection.send(FRAME.headers, 0x4, streamId, Buffer.from([0x88, 0x0f, 0x0d, 0x01, 0x35]));
    connection.send(FRAME.data, 0, streamId, Buffer.from('whole'));
    connection.send(FRAME.rstStream, 0, streamId, Buffer.from([0, 0, 0, 8]));
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  expect(await (await transport.fetch(server.url)).text()).toBe('whole');
});

test('a body over the limit is stopped, however it comes', async () => {
  await using one = await startRaw((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      const timer = setInterval(() => socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`), 1);
      socket.on('close', () => clearInterval(timer));
    });
  });
  await using two = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    const timer = setInterval(() => stream.write(Buffer.alloc(16_384)), 1);
    stream.on('close', () => clearInterval(timer));
  });
  for (const [url, http2] of [
    [one.url, 'auto'],
    [two.url, 'prior-knowledge'],
  ] as const) {
    await using transport = createTransport({ http2, maxResponseBytes: 100_000 });
    const response = await transport.fetch(url);
    await expect(response.bytes()).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
      limitBytes: 100_000,
      requestSent: true,
    });
  }
});
