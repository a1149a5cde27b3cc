import { syncBuiltinESMExports } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { answer, applied, startRawServer } from '../../src/raw-server.ts';
import {
  ALL_PROTOCOLS,
  arrived,
  failureOf,
  openRig,
  type Protocol,
  read,
  rigFor,
  seconds,
  start,
  startsAt,
  startServer,
} from '../../src/rig.ts';

const inTheClear = (protocol: Protocol): boolean => !protocol.endsWith('over TLS');

const realDns = process.getBuiltinModule('node:dns');
const { lookup } = realDns;
afterEach(() => {
  realDns.lookup = lookup;
  syncBuiltinESMExports();
});

/** Every name of the test is looked up like this. */
function lookUpWith(fake: (done: (error: NodeJS.ErrnoException) => void) => void): { count: number } {
  const calls = { count: 0 };
  realDns.lookup = ((_: string, __: object, done: (error: NodeJS.ErrnoException) => void) => {
    calls.count += 1;
    fake(done);
  }) as unknown as typeof lookup;
  syncBuiltinESMExports();
  return calls;
}

test.each(ALL_PROTOCOLS)('%s: a port that opens during the second backoff gets the start, once', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, {
    onSleep: (nth) => (nth === 2 ? server.faults.acceptConnections() : undefined),
  });
  server.faults.refuseConnections();
  expect(await start(rig)).toMatch(/^[\w-]{36}$/);
  expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
  expect(seconds(rig.sleeps)).toEqual([1, 2]);
});

test.each(ALL_PROTOCOLS)('%s: a port that stays closed: four attempts, six seconds of waits', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.refuseConnections();
  for (const call of [start, read]) {
    expect(await failureOf(call(rig))).toMatchObject({
      name: 'TransportError',
      code: 'CONNECT_REFUSED',
      requestSent: false,
      attempts: 4,
    });
    expect(seconds(rig.sleeps.slice(-3))).toEqual([1, 2, 3]);
  }
  expect(rig.sleeps).toHaveLength(6);
  expect(server.counts()).toMatchObject({ requests: 0, connectionsOpened: 0 });
});

test.each(['ENOTFOUND', 'EAI_AGAIN'])('a name that the resolver answers with %s: four attempts', async (code) => {
  const calls = lookUpWith((done) =>
    process.nextTick(done, Object.assign(new Error(code), { code, syscall: 'getaddrinfo' })),
  );
  await using rig = await openRig('http://conductor.test');
  expect(await failureOf(start(rig))).toMatchObject({ code: 'DNS_FAILED', requestSent: false, attempts: 4 });
  expect(calls.count).toBe(4);
  expect(seconds(rig.sleeps)).toEqual([1, 2, 3]);
});

test('a resolver that never answers: the connect timeout, one attempt', async () => {
  const calls = lookUpWith(() => undefined);
  await using rig = await openRig('http://conductor.test', { config: { connectTimeoutMs: 50 } });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', requestSent: false, attempts: 1 });
  expect([calls.count, rig.sleeps]).toEqual([1, []]);
});

test('a connect timeout is retried where that is asked for', async () => {
  lookUpWith(() => undefined);
  await using rig = await openRig('http://conductor.test', {
    config: { connectTimeoutMs: 30 },
    retry: { retryConnectTimeouts: true },
  });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', attempts: 4 });
  expect(seconds(rig.sleeps)).toEqual([1, 2, 3]);
});

test.each(['HTTP/1.1 over TLS', 'HTTP/2 over TLS'] as const)(
  '%s: a server that accepts and stays silent in the TLS handshake: the connect timeout, one attempt',
  async (protocol) => {
    await using silent = await startServer(protocol);
    silent.faults.onConnect('silent');
    await using rig = await rigFor(silent, protocol, { transport: { connectTimeoutMs: 50 } });
    for (const call of [start, read]) {
      expect(await failureOf(call(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', requestSent: false, attempts: 1 });
    }
    expect(silent.counts()).toMatchObject({ requests: 0, connectionsOpened: 2 });
    expect(rig.sleeps).toEqual([]);
  },
);

test('a socket that stays silent in the TLS handshake is closed at the connect timeout', async () => {
  await using silent = await startRawServer(answer(200), { onConnection: (socket) => socket.resume() !== undefined });
  await using rig = await openRig(silent.url.replace('http:', 'https:'), { config: { connectTimeoutMs: 50 } });
  await failureOf(start(rig));
  await expect.poll(() => silent.sockets.size).toBe(0);
});

test.each(ALL_PROTOCOLS)('%s: a start on connections that are reset as they are accepted', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.onConnect('reset', { times: 2 });
  const outcome = await start(rig).catch((error: unknown) => error);
  if (typeof outcome === 'string') {
    expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
    expect(seconds(rig.sleeps)).toEqual([1, 2]);
  } else {
    // In the clear the request may have been written before the reset is seen: then the caller must hear of it.
    expect(inTheClear(protocol)).toBe(true);
    expect(outcome).toMatchObject({ code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true });
    expect(startsAt(server)).toEqual({ received: 0, applied: 0 });
  }
  await read(rig);
});

test.each(ALL_PROTOCOLS)('%s: a start on a connection that is closed as it is accepted', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.onConnect('close', { times: 1 });
  const outcome = await start(rig).catch((error: unknown) => error);
  if (typeof outcome === 'string') {
    // Always so over TLS, where a request needs a handshake first.
    expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
    expect(seconds(rig.sleeps)).toEqual([1]);
  } else {
    expect(inTheClear(protocol)).toBe(true);
    expect(outcome).toMatchObject({ code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true, attempts: 1 });
    expect(outcome).toMatchObject({ cause: { code: 'CONNECTION_RESET' } });
    expect(startsAt(server)).toEqual({ received: 0, applied: 0 });
  }
});

test.each(ALL_PROTOCOLS)(
  '%s: a start on a connection that greets like an SSH server: one attempt',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    server.faults.onConnect('garbage', { times: 1 });
    const error = await failureOf(start(rig));
    expect([error['attempts'], rig.sleeps]).toEqual([1, []]);
    if (inTheClear(protocol)) {
      expect(['AMBIGUOUS_REQUEST', 'PROTOCOL_ERROR', 'SESSION_ENDED']).toContain(error['code']);
      if (error['code'] === 'AMBIGUOUS_REQUEST')
        expect(['PROTOCOL_ERROR', 'SESSION_ENDED']).toContain((error['cause'] as { code?: string }).code);
    } else expect(error).toMatchObject({ code: 'TLS_FAILED', requestSent: false });
    expect(startsAt(server)).toEqual({ received: 0, applied: 0 });
    await start(rig);
  },
);

test.each(ALL_PROTOCOLS)(
  '%s: a read on connections that are reset or closed as they are accepted',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    server.faults.onConnect('close', { times: 1 });
    server.faults.onConnect('reset', { times: 1 });
    expect(await read(rig)).toEqual([]);
    expect(arrived(server, 'metadata.getTaskDefs')).toBe(1);
    // After the first end, a plain port that has never answered is asked whether it speaks TLS: the second end is that question's.
    expect(rig.sleeps).toHaveLength(protocol === 'HTTP/1.1' ? 1 : 2);
  },
);

test('a kept connection that is reset as the next start comes in: in doubt; a read is repeated on another one', async () => {
  await using server = await startRawServer(answer(200, '[]'));
  await using rig = await openRig(server.url);
  const reset = applied((socket) => void socket.resetAndDestroy());
  await read(rig);
  await read(rig);
  const kept = server.accepted;
  server.behave(reset);
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    attempts: 1,
    cause: { code: 'CONNECTION_RESET' },
  });
  expect([server.received.length, server.applied, server.accepted]).toEqual([3, 3, kept]);
  server.behave(reset, answer(200, '[]'));
  expect(await read(rig)).toEqual([]);
  expect([server.received.length, seconds(rig.sleeps)]).toEqual([5, [1]]);
});

test('a server that says 408 on an idle connection and ends it: that is no answer to the next call', async () => {
  await using server = await startRawServer(answer(200, '"id"'));
  await using rig = await openRig(server.url);
  for (let call = 1; call <= 3; call += 1) {
    expect(await start(rig)).toBe('id');
    expect([server.received.length, server.applied, server.accepted]).toEqual([call, call, call]);
    const head = 'HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
    for (const socket of server.sockets) socket.end(head);
    await expect.poll(() => server.sockets.size).toBe(0);
  }
  expect(rig.sleeps).toEqual([]);
});

test.each(['HTTP/1.1', 'HTTP/1.1 over TLS'] as const)(
  '%s: a kept connection that has gone silent: the start ends in its time, in doubt, and the next one gets another',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol, { transport: { keepAliveTimeoutMs: 60_000 } });
    await start(rig);
    // A call in the very same turn would find the connection still in use.
    await new Promise((resolve) => setImmediate(resolve));
    server.faults.blackHole();
    expect(await failureOf(start(rig, { timeoutMs: 1_000 }))).toMatchObject({
      code: 'ATTEMPT_TIMEOUT',
      mayHaveBeenProcessed: true,
      attempts: 1,
    });
    await start(rig);
    // What was written to the silent one has not arrived.
    expect(startsAt(server)).toEqual({ received: 2, applied: 2 });
    expect([server.counts().connectionsOpened, rig.sleeps]).toEqual([2, []]);
  },
);
