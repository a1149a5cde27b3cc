import { listen, startRelay } from '@conductor-ts/sockets';
import { createServer as createTlsServer } from 'node:tls';
import { expect, test } from 'vitest';
import { type FrameConnection, H2, startFrameServer } from '../../src/frame-server.ts';
import {
  certificatesOf,
  failureOf,
  openRig,
  read,
  type Rig,
  rigFor,
  seconds,
  start,
  startsAt,
  startServer,
} from '../../src/rig.ts';

const PRIOR = { http2: 'prior-knowledge' } as const;
const OVER_TLS = 'HTTP/2 over TLS';
const framed = (url: string): Promise<Rig> => openRig(url, { transport: PRIOR });

test('a stream refused once is sent again, and done once', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS);
  server.faults.refuseStreams({ times: 1 });
  await start(rig);
  expect(startsAt(server)).toEqual({ received: 2, applied: 1 });
  expect(rig.sleeps).toEqual([]);
});

test('streams refused for ever: bounded, unsent, nothing done', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS);
  server.faults.refuseStreams();
  expect(await failureOf(start(rig))).toMatchObject({ code: 'STREAM_REFUSED', requestSent: false, attempts: 4 });
  // Each of the four attempts is one and three replays.
  expect(startsAt(server)).toEqual({ received: 16, applied: 0 });
  expect(seconds(rig.sleeps)).toEqual([1, 2, 3]);
});

test.each([
  ['NO_ERROR', H2.noError],
  ['INTERNAL_ERROR', H2.internal],
  ['CANCEL', H2.cancel],
  ['ENHANCE_YOUR_CALM', H2.calm],
])('a stream reset with %s: a start is in doubt, a read is repeated', async (_, code) => {
  await using server = await startFrameServer((connection, id) => connection.reset(id, code));
  await using rig = await framed(server.url);
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    attempts: 1,
    cause: { code: 'STREAM_RESET', http2Code: code },
  });
  expect([server.requests, rig.sleeps]).toEqual([1, []]);
  expect(await failureOf(read(rig))).toMatchObject({ code: 'STREAM_RESET', http2Code: code, attempts: 4 });
  expect([server.requests, server.accepted, seconds(rig.sleeps)]).toEqual([5, 1, [1, 2, 3]]);
});

/** Answers everything but the first request of the first connection, which `fault` is for. */
const firstTo =
  (fault: (connection: FrameConnection, streamId: number) => void) =>
  (connection: FrameConnection, streamId: number): void => {
    if (connection.id === 1) fault(connection, streamId);
    else connection.answer(streamId);
  };

test.each([
  ['a GOAWAY below the stream', (connection: FrameConnection) => connection.goaway(0, H2.noError)],
  [
    'a GOAWAY in two steps, the second below the stream',
    (connection: FrameConnection) => {
      connection.goaway(2 ** 31 - 1, H2.noError);
      connection.goaway(0, H2.noError);
    },
  ],
  ['a GOAWAY with an error below the stream', (connection: FrameConnection) => connection.goaway(0, H2.calm)],
  [
    'a GOAWAY below the stream, and the end of the connection',
    (connection: FrameConnection) => {
      connection.goaway(0, H2.noError);
      setImmediate(() => connection.socket.destroy());
    },
  ],
])('%s: sent again on another session, done once', async (_, fault) => {
  await using server = await startFrameServer(firstTo(fault));
  await using rig = await framed(server.url);
  await start(rig);
  expect([server.requests, server.applied, server.accepted]).toEqual([2, 1, 2]);
});

test.each([
  [
    'a GOAWAY with an error that covers the stream',
    (connection: FrameConnection, id: number) => connection.goaway(id, H2.internal),
  ],
  [
    'a GOAWAY with an error that covers the stream, and the end of the connection',
    (connection: FrameConnection, id: number) => {
      connection.goaway(id, H2.calm);
      setImmediate(() => connection.socket.destroy());
    },
  ],
  [
    'a GOAWAY that covers the stream, and the end of the connection',
    (connection: FrameConnection, id: number) => {
      connection.goaway(id, H2.noError);
      setImmediate(() => connection.socket.destroy());
    },
  ],
  ['a reset connection', ({ socket }: FrameConnection) => socket.resetAndDestroy()],
  ['a closed connection', ({ socket }: FrameConnection) => socket.end()],
  ['a frame that is none', ({ socket }: FrameConnection) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a frame larger than allowed', (connection: FrameConnection) => connection.send(0, 0, 1, Buffer.alloc(100_000))],
  [
    'headers that cannot be read',
    (connection: FrameConnection, id: number) =>
      connection.send(1, 5, id, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
  ],
  ['an answer on a stream that nobody opened', (connection: FrameConnection) => connection.answer(99)],
  ['an end without headers', (connection: FrameConnection, id: number) => connection.send(0, 1, id)],
])('%s: a start is in doubt, and the next call gets through', async (_, fault) => {
  await using server = await startFrameServer(firstTo(fault));
  await using rig = await framed(server.url);
  expect(await failureOf(start(rig, { timeoutMs: 2_000 }))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    attempts: 1,
    cause: { code: expect.stringMatching(/^(SESSION_ENDED|CONNECTION_RESET|STREAM_RESET)$/) as unknown },
  });
  expect([server.requests, rig.sleeps]).toEqual([1, []]);
  if (server.sockets.size > 0) for (const socket of server.sockets) socket.destroy();
  await start(rig);
  expect(server.requests).toBe(2);
});

test('a graceful GOAWAY in the middle of a burst: every start once', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS);
  server.faults.add({ match: { probability: 0.05 }, fault: { kind: 'goaway' } });
  for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 50 }, () => start(rig)));
  expect(server.engine.stats().workflowsStarted).toBe(500);
  // Whatever came a second time had been refused the first time.
  expect(server.counts().applied).toBe(500);
  expect(server.counts().connectionsOpened).toBeGreaterThan(5);
});

test('a session that goes silent: the call fails in the time of the probe, the next one gets a new session', async () => {
  await using server = await startServer('HTTP/2 in the clear');
  await using relay = await startRelay(server.port);
  await using rig = await openRig(`http://127.0.0.1:${relay.port}`, {
    transport: { ...PRIOR, pingIntervalMs: 50, pingTimeoutMs: 50 },
  });
  await start(rig);
  server.faults.stall({ operation: 'workflow.start', at: 'after-handling', times: 1 });
  const lost = failureOf(start(rig));
  await expect.poll(() => server.engine.stats().workflowsStarted).toBe(2);
  relay.swallow();
  expect(await lost).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 1, cause: { code: 'CONNECTION_SILENT' } });
  await start(rig);
  expect(relay.accepted).toBe(2);
  expect(startsAt(server)).toEqual({ received: 3, applied: 3 });
});

test('a session that goes silent under reads: they are repeated on another one', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS, { transport: { pingIntervalMs: 50, pingTimeoutMs: 50 } });
  await read(rig);
  server.faults.blackHole();
  expect(await Promise.all(Array.from({ length: 5 }, () => read(rig)))).toHaveLength(5);
  expect(server.counts().connectionsOpened).toBe(2);
  // What was written to the silent one has not arrived.
  expect(server.counts()).toMatchObject({ requests: 6, applied: 6 });
});

test('an idle session that has gone silent: the next start is in doubt within the time of the probe, and is done once at most', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS, {
    transport: { pingIntervalMs: 50, pingTimeoutMs: 50, keepAliveTimeoutMs: 60_000 },
  });
  await start(rig);
  server.faults.blackHole();
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    attempts: 1,
    cause: { code: 'CONNECTION_SILENT', timeoutMs: 50 },
  });
  await start(rig);
  expect(startsAt(server)).toEqual({ received: 2, applied: 2 });
  expect(server.counts().connectionsOpened).toBe(2);
});

test('a server that takes a stream, answers every probe and never the call: the deadline ends it, the session stays', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS, { transport: { pingIntervalMs: 20, pingTimeoutMs: 20 } });
  // The session is there when the time begins to run.
  await read(rig);
  server.faults.stall({ times: 1 });
  expect(await failureOf(start(rig, { timeoutMs: 500 }))).toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    mayHaveBeenProcessed: true,
    attempts: 1,
  });
  await start(rig);
  expect(startsAt(server)).toEqual({ received: 2, applied: 1 });
  expect(server.counts().connectionsOpened).toBe(1);
});

test('no streams any more: the deadline ends the wait, and nothing is sent', async () => {
  await using server = await startFrameServer((connection, id) => {
    connection.maxStreams(0);
    connection.answer(id);
  });
  await using rig = await openRig(server.url, { transport: { ...PRIOR, maxHttp2Sessions: 1 } });
  await start(rig);
  expect(await failureOf(start(rig, { timeoutMs: 100 }))).toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    mayHaveBeenProcessed: false,
    attempts: 1,
  });
  expect([server.requests, server.applied]).toEqual([1, 1]);
});

test('one stream at a time: everything is done, in order', async () => {
  const order: number[] = [];
  await using server = await startFrameServer(
    (connection, id) => {
      order.push(id);
      connection.answer(id);
    },
    { maxStreams: 1 },
  );
  await using rig = await openRig(server.url, { transport: { ...PRIOR, maxHttp2Sessions: 1 } });
  const done: number[] = [];
  await Promise.all(Array.from({ length: 20 }, (_, n) => start(rig).then(() => done.push(n))));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect([server.requests, server.applied, server.accepted]).toEqual([20, 20, 1]);
});

test('a limit that is lowered while calls run: nobody is hurt', async () => {
  await using server = await startServer(OVER_TLS);
  await using rig = await rigFor(server, OVER_TLS, { transport: { maxHttp2Sessions: 1 } });
  server.faults.delay(20, { probability: 0.5 });
  const calls = Array.from({ length: 60 }, () => start(rig));
  await expect.poll(() => server.engine.stats().workflowsStarted).toBeGreaterThan(5);
  server.faults.limitStreams(2);
  await Promise.all(calls);
  await Promise.all(Array.from({ length: 10 }, () => start(rig)));
  expect(server.counts()).toMatchObject({ applied: 70, connectionsOpened: 1 });
  expect([server.engine.stats().workflowsStarted, rig.sleeps]).toEqual([70, []]);
});

test('a server without HTTP/2 in its TLS is served by HTTP/1.1', async () => {
  await using server = await startServer('HTTP/1.1 over TLS');
  await using rig = await rigFor(server, 'HTTP/1.1 over TLS');
  await start(rig);
  expect(server.received[0]?.protocol).toBe('HTTP/1.1');
  expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
});

test('a server that promises HTTP/2 and breaks it is served by HTTP/1.1, also for the call that found out', async () => {
  await using donor = await startServer(OVER_TLS);
  const seen = { h2: 0, answered: 0 };
  const tls = createTlsServer({ ...(await certificatesOf(donor)), ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    socket.on('error', () => undefined);
    if (socket.alpnProtocol === 'h2') {
      seen.h2 += 1;
      return void socket.destroy();
    }
    socket.on('data', () => {
      seen.answered += 1;
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]');
    });
  });
  await using listening = await listen(tls);
  const url = `https://127.0.0.1:${listening.port}`;
  await using rig = await openRig(url, {
    transport: { tls: { ca: donor.ca }, settingNames: { http2: 'disableHttp2' } },
  });
  expect(await read(rig)).toEqual([]);
  expect([seen, seconds(rig.sleeps)]).toEqual([{ h2: 2, answered: 1 }, [1, 2]]);
  await start(rig);
  expect(seen).toEqual({ h2: 2, answered: 2 });
  const warnings = rig.lines.filter((line) => line.startsWith('warn'));
  expect(warnings).toEqual([expect.stringContaining('disableHttp2')]);
});

test('a server that knows no ALPN at all is served by HTTP/1.1', async () => {
  await using donor = await startServer(OVER_TLS);
  const tls = createTlsServer(await certificatesOf(donor), (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]'),
    );
  });
  await using listening = await listen(tls);
  await using rig = await openRig(`https://127.0.0.1:${listening.port}`, { transport: { tls: { ca: donor.ca } } });
  expect(await read(rig)).toEqual([]);
});
