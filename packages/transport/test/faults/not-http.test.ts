import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';
import { startHttp2, startRaw } from '../servers/http-servers.ts';

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['a head that is too large', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`],
  ['two content-lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  [
    'content-length and chunks',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
  ],
  ['an unasked 101', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
])('%s is a protocol error, found in one attempt', async (_what, answer) => {
  let requests = 0;
  await using server = await startRaw((socket) => {
    socket.on('data', () => {
      requests += 1;
      socket.write(answer);
    });
  });
  await using transport = createTransport();
  await expect(transport.fetch(server.url, { method: 'POST', body: 'x' })).rejects.toMatchObject({
    code: 'PROTOCOL_ERROR',
    requestSent: 'unknown',
    permanent: true,
  });
  expect(requests).toBe(1);
});

test('half a status line is a lost connection', async () => {
  await using server = await startRaw((socket) => void socket.once('data', () => socket.end('HTTP/1.1 20')));
  await using transport = createTransport();
  await expect(transport.fetch(server.url)).rejects.toMatchObject({ requestSent: 'unknown' });
});

// With a reset in its queue, nghttp2 tells Node of the error late, and refuses new streams until then.
test('a call made while a session ends with a protocol error goes to another connection', async () => {
  let onThree = (): void => {};
  await using server = await startFrames((connection, streamId) => {
    // `:status: 200` with END_STREAM.
    if (server.accepted > 1) return connection.send(FRAME.headers, 0x5, streamId, Buffer.from([0x88]));
    if (server.requests < 3) return;
    setTimeout(() => {
      connection.socket.write('SSH-2.0-OpenSSH_9.6\r\n');
      onThree();
    }, 20);
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const abort = new AbortController();
  const late = new Promise<Response>((resolve) => {
    onThree = () => {
      abort.abort();
      resolve(transport.fetch(server.url));
    };
  });
  const calls = [undefined, abort.signal, undefined].map((signal) =>
    transport.fetch(server.url, { signal: signal ?? null }),
  );
  expect(await Promise.allSettled(calls)).toMatchObject([
    { reason: { code: 'SESSION_ENDED', requestSent: 'unknown' } },
    { reason: { name: 'AbortError' } },
    { reason: { code: 'SESSION_ENDED', requestSent: 'unknown' } },
  ]);
  expect((await late).status).toBe(200);
});

test('a bad header harms no neighbour on the same session', async () => {
  let answer = (): void => {};
  await using server = await startHttp2((stream, headers) => {
    const respond = (): void => {
      stream.respond({ ':status': 200 });
      stream.end(JSON.stringify(headers));
    };
    if (headers[':path'] === '/poll') answer = respond;
    else respond();
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const poll = transport.fetch(`${server.url}/poll`);
  await expect.poll(() => server.sessions.size).toBe(1);
  for (const name of ['te', 'http2-settings', 'proxy-connection', 'upgrade', 'connection', 'transfer-encoding']) {
    expect((await transport.fetch(server.url, { headers: { [name]: 'gzip' } })).status).toBe(200);
  }
  for (const headers of [{ ':path': '/other' }, { 'x-a': 'a\r\nb: c' }, { 'a b': 'c' }]) {
    await expect(transport.fetch(server.url, { headers })).rejects.toMatchObject({
      code: 'INVALID_HEADER',
      requestSent: false,
    });
  }
  answer();
  expect((await poll).status).toBe(200);
  expect(server.accepted).toBe(1);
});
