import { syncBuiltinESMExports } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { closedPort } from '../../src/listen.ts';
import { answer, startRawServer } from '../../src/raw-server.ts';
import { ALL_PROTOCOLS, arrived, failureOf, openRig, read, rigFor, start, startServer } from '../../src/rig.ts';

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
  expect(server.engine.stats().workflowsStarted).toBe(1);
  expect(rig.sleeps.map((ms) => Math.round(ms / 1_000))).toEqual([1, 2]);
});

test('a port that stays closed: four attempts, six seconds of waits', async () => {
  await using rig = await openRig(`http://127.0.0.1:${await closedPort()}`);
  expect(await failureOf(start(rig))).toMatchObject({
    name: 'TransportError',
    code: 'CONNECT_REFUSED',
    requestSent: false,
    attempts: 4,
  });
  expect(rig.sleeps.map((ms) => Math.round(ms / 1_000))).toEqual([1, 2, 3]);
});

test.each(['ENOTFOUND', 'EAI_AGAIN'])('a name that the resolver answers with %s: four attempts', async (code) => {
  const calls = lookUpWith((done) =>
    process.nextTick(done, Object.assign(new Error(code), { code, syscall: 'getaddrinfo' })),
  );
  await using rig = await openRig('http://conductor.test');
  expect(await failureOf(start(rig))).toMatchObject({ code: 'DNS_FAILED', requestSent: false, attempts: 4 });
  expect(calls.count).toBe(4);
});

test('a resolver that never answers: the connect timeout, one attempt', async () => {
  lookUpWith(() => undefined);
  await using rig = await openRig('http://conductor.test', { config: { connectTimeoutMs: 50 } });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', requestSent: false, attempts: 1 });
  expect(rig.sleeps).toEqual([]);
});

test('a connect timeout is retried where that is asked for', async () => {
  lookUpWith(() => undefined);
  await using rig = await openRig('http://conductor.test', {
    config: { connectTimeoutMs: 30 },
    retry: { retryConnectTimeouts: true },
  });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', attempts: 4 });
});

test('a server that accepts and stays silent in the TLS handshake: the connect timeout, one attempt', async () => {
  await using silent = await startRawServer(answer(200), { onConnection: (socket) => socket.resume() !== undefined });
  await using rig = await openRig(silent.url.replace('http:', 'https:'), { config: { connectTimeoutMs: 50 } });
  expect(await failureOf(start(rig))).toMatchObject({ code: 'CONNECT_TIMEOUT', requestSent: false, attempts: 1 });
  await expect.poll(() => silent.sockets.size).toBe(0);
});

test.each(ALL_PROTOCOLS)('%s: a start on connections that are reset as they are accepted', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.onConnect('reset', { times: 2 });
  const outcome = await start(rig).catch((error: unknown) => error);
  // Where the reset is seen before anything was written, nothing is in doubt; else the caller must hear of it.
  if (typeof outcome === 'string') expect(server.engine.stats().workflowsStarted).toBe(1);
  else {
    expect(outcome).toMatchObject({ code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true });
    expect(server.engine.stats().workflowsStarted).toBe(0);
  }
  await read(rig);
});

test.each(ALL_PROTOCOLS)('%s: a start on a connection that is closed as it is accepted', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.onConnect('close', { times: 1 });
  const outcome = await start(rig).catch((error: unknown) => error);
  if (typeof outcome === 'string') expect(server.engine.stats().workflowsStarted).toBe(1);
  else expect(outcome).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 1 });
  expect(arrived(server, 'workflow.start')).toBe(server.engine.stats().workflowsStarted);
});

test.each(ALL_PROTOCOLS)(
  '%s: a read on connections that are reset or closed as they are accepted',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    server.faults.onConnect('close', { times: 1 });
    server.faults.onConnect('reset', { times: 1 });
    expect(await read(rig)).toEqual([]);
    // After the first end, a plain port that has never answered is asked whether it speaks TLS: the second end is that question's.
    expect(rig.sleeps).toHaveLength(protocol === 'HTTP/1.1' ? 1 : 2);
  },
);
