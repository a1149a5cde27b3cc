import type { ServerHttp2Stream } from 'node:http2';
import { afterAll, expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';
import { startHttp2 } from '../servers/http-servers.ts';

const uncaught: unknown[] = [];
const onUncaught = (error: unknown): void => void uncaught.push(error);
process.on('uncaughtException', onUncaught);
afterAll(() => {
  process.off('uncaughtException', onUncaught);
  expect(uncaught).toEqual([]);
});

test('400 POSTs under 20 GOAWAYs are each processed once', async () => {
  const processed = new Map<string, number>();
  let count = 0;
  await using server = await startHttp2((stream, headers) => {
    const path = String(headers[':path']);
    processed.set(path, (processed.get(path) ?? 0) + 1);
    count += 1;
    const { session } = stream;
    if (count % 20 === 0 && session?.closed === false) {
      // A graceful end in two steps, as servers do it: "soon", then the last stream that counts.
      session.goaway(0, 2 ** 31 - 1);
      setImmediate(() => session.destroyed || session.close());
    }
    setTimeout(() => {
      if (stream.destroyed) return;
      stream.respond({ ':status': 200 });
      stream.end('done');
    }, 3);
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const paths = Array.from({ length: 400 }, (_, index) => `/${index}`);
  const queue = [...paths];
  const worker = async (): Promise<void> => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const response = await transport.fetch(server.url + path, { method: 'POST', body: 'x' });
      expect(await response.text()).toBe('done');
    }
  };
  await Promise.all(Array.from({ length: 40 }, worker));
  expect([...processed.keys()].toSorted()).toEqual(paths.toSorted());
  expect([...processed.values()].every((times) => times === 1)).toBe(true);
  expect(server.accepted).toBeGreaterThan(5);
});

test('a call that the GOAWAY refuses goes to a new session, the accepted one finishes on the old', async () => {
  await using server = await startFrames((connection, streamId) => {
    if (server.accepted === 1 && streamId === 3) connection.goaway(1, 0);
    if (server.accepted === 1) {
      // The first one is answered after the GOAWAY.
      if (streamId === 3) respond(connection, 1);
    } else respond(connection, streamId);
  });
  await using transport = createTransport({ http2: 'prior-knowledge', maxHttp2Sessions: 2 });
  const first = transport.fetch(server.url, { method: 'POST' });
  await expect.poll(() => server.requests).toBe(1);
  const second = transport.fetch(server.url, { method: 'POST' });
  expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([200, 200]);
  expect(server.accepted).toBe(2);
  expect(transport.stats().totals.replays).toBe(1);
});

const LARGEST_STREAM_ID = 2 ** 31 - 1;

test.each([
  ['in one step', 2 * 50 - 1],
  ['in two steps', LARGEST_STREAM_ID],
])(
  'a GOAWAY %s right behind the answer that makes room for another call refuses that one alone',
  async (_, lastStreamId) => {
    const OPEN = 50;
    await using server = await startFrames((connection, streamId) => {
      if (server.accepted > 1) return respond(connection, streamId);
      if (streamId !== 2 * OPEN - 1) return undefined;
      // All of these wait. The first one's answer and the GOAWAY come in one piece, and are read in one go.
      connection.socket.cork();
      respond(connection, 1);
      connection.goaway(lastStreamId, 0);
      connection.socket.uncork();
      // Those that it covers are answered when all others have been refused.
      return void setTimeout(() => {
        connection.goaway(streamId, 0);
        for (let id = 3; id <= streamId; id += 2) respond(connection, id);
      }, 20);
    });
    const limits = { maxStreamsPerSession: OPEN, maxHttp2Sessions: 2 };
    await using transport = createTransport({ http2: 'prior-knowledge', ...limits });
    // A loop of its own for each, so that the end of one call is the beginning of another in the very same turn.
    const caller = async (): Promise<void> => {
      for (let call = 0; call < 3; call += 1) await (await transport.fetch(server.url, { method: 'POST' })).text();
    };
    await Promise.all(Array.from({ length: OPEN }, caller));
    expect(server.accepted).toBeGreaterThan(1);
  },
);

test('a server that refuses everything by GOAWAY gets a bounded number of attempts, and the error says unsent', async () => {
  await using server = await startFrames((connection) => connection.goaway(0, 0));
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await expect(transport.fetch(server.url, { method: 'POST', body: 'x' })).rejects.toMatchObject({
    code: 'STREAM_REFUSED',
    requestSent: false,
    permanent: false,
  });
  expect(server.requests).toBe(4);
});

test('a refused stream is sent again on the session that refused it', async () => {
  let streams = 0;
  await using server = await startHttp2((stream) => {
    streams += 1;
    if (streams === 1) return stream.close(7);
    stream.respond({ ':status': 200 });
    return stream.end('ok');
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  expect(await (await transport.fetch(server.url, { method: 'POST', body: 'x' })).text()).toBe('ok');
  expect([streams, server.accepted]).toEqual([2, 1]);
});

test('streams that are always refused end as unsent', async () => {
  let streams = 0;
  await using server = await startHttp2((stream) => {
    streams += 1;
    stream.close(7);
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await expect(transport.fetch(server.url)).rejects.toMatchObject({ code: 'STREAM_REFUSED', requestSent: false });
  expect(streams).toBe(4);
});

test('a streamed body is not sent twice', async () => {
  let streams = 0;
  await using server = await startHttp2((stream) => {
    streams += 1;
    stream.close(7);
  });
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const body: AsyncIterable<Uint8Array> = ReadableStream.from([Buffer.from('x')]);
  await expect(transport.fetch(server.url, { method: 'POST', body, duplex: 'half' })).rejects.toMatchObject({
    requestSent: false,
  });
  expect(streams).toBe(1);
});

test('a GOAWAY with an error that covers the call leaves it in doubt', async () => {
  await using server = await startFrames((connection, streamId) => connection.goaway(streamId, 2));
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await expect(transport.fetch(server.url, { method: 'POST', body: 'x' })).rejects.toMatchObject({
    code: 'SESSION_ENDED',
    requestSent: 'unknown',
  });
});

test.each([2, 8, 11])(
  'a reset with code %i before the answer leaves the call in doubt and the session alone',
  async (code) => {
    let streams = 0;
    await using server = await startHttp2((stream) => {
      streams += 1;
      if (streams === 1) return stream.close(code);
      stream.respond({ ':status': 200 });
      return stream.end();
    });
    await using transport = createTransport({ http2: 'prior-knowledge' });
    await expect(transport.fetch(server.url, { method: 'POST' })).rejects.toMatchObject({
      code: 'STREAM_RESET',
      http2Code: code,
      requestSent: 'unknown',
    });
    expect((await transport.fetch(server.url)).status).toBe(200);
    expect(server.accepted).toBe(1);
  },
);

test('a second session that dies while the first drains does not send a running call again', async () => {
  const posts: string[] = [];
  const hold: ServerHttp2Stream[] = [];
  await using server = await startHttp2((stream, headers) => {
    posts.push(String(headers[':path']));
    if (headers[':path'] === '/slow') return hold.push(stream);
    if (headers[':path'] === '/last') return stream.session?.destroy();
    stream.respond({ ':status': 200 });
    return stream.end();
  });
  await using transport = createTransport({ http2: 'prior-knowledge', maxHttp2Sessions: 2 });
  const slow = transport.fetch(`${server.url}/slow`, { method: 'POST' });
  await expect.poll(() => hold.length).toBe(1);
  hold[0]?.session?.close();
  await transport.fetch(`${server.url}/other`);
  await expect(transport.fetch(`${server.url}/last`, { method: 'POST' })).rejects.toMatchObject({
    requestSent: 'unknown',
  });
  hold[0]?.respond({ ':status': 200 });
  hold[0]?.end();
  expect((await slow).status).toBe(200);
  expect(posts.filter((path) => path === '/slow')).toHaveLength(1);
});

function respond(
  connection: { send(type: number, flags: number, streamId: number, payload?: Buffer): void },
  streamId: number,
): void {
  // `:status: 200` is entry 8 of the static table (RFC 7541 appendix A); END_STREAM and END_HEADERS.
  connection.send(FRAME.headers, 0x5, streamId, Buffer.from([0x88]));
}
