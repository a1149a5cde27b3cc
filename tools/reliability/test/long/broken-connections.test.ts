import type { Moment } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import {
  ALL_PROTOCOLS,
  arrived,
  failureOf,
  type Protocol,
  read,
  rigFor,
  seconds,
  start,
  startsAt,
  startServer,
} from '../../src/rig.ts';

const MOMENTS: Moment[] = ['before-reading', 'before-handling', 'after-handling', 'in-body'];
/** What the connections below can tell of it. */
const LOST = ['CONNECTION_RESET', 'RESPONSE_TRUNCATED', 'STREAM_RESET', 'SESSION_ENDED'];
const APPLIED: ReadonlySet<Moment> = new Set(['after-handling', 'in-body']);
const cases = ALL_PROTOCOLS.flatMap((protocol) =>
  (['reset', 'close'] as const).flatMap((kind) => MOMENTS.map((at) => ({ protocol, kind, at }))),
);

test.each(cases)('$protocol: $kind $at: a start is sent once, and is in doubt', async ({ protocol, kind, at }) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.add({ match: { operation: 'workflow.start' }, fault: { kind, at } });
  const error = await failureOf(start(rig));
  expect(error).toMatchObject({
    name: 'AmbiguousRequestError',
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    operation: 'workflow.start',
    attempts: 1,
    failures: [{ outcome: 'ambiguous' }],
  });
  expect(LOST).toContain((error['cause'] as { code?: string }).code);
  expect(startsAt(server)).toEqual({ received: 1, applied: APPLIED.has(at) ? 1 : 0 });
  expect(rig.sleeps).toEqual([]);
  await server.faults.clear();
  await start(rig);
});

test.each(cases)('$protocol: $kind $at: a read is repeated', async ({ protocol, kind, at }) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.faults.add({ match: { operation: 'metadata.getTaskDefs' }, times: 2, fault: { kind, at } });
  expect(await read(rig)).toEqual([]);
  expect(arrived(server, 'metadata.getTaskDefs')).toBe(3);
  expect(server.counts().applied).toBe(APPLIED.has(at) ? 3 : 1);
  expect(seconds(rig.sleeps)).toEqual([1, 2]);
});

test.each(ALL_PROTOCOLS)(
  '%s: a read whose answer is lost for ever: four attempts, then the reason',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    server.faults.loseAnswers();
    expect(await failureOf(read(rig))).toMatchObject({
      name: 'TransportError',
      code: 'CONNECTION_RESET',
      attempts: 4,
      operation: 'metadata.getTaskDefs',
    });
    expect([arrived(server, 'metadata.getTaskDefs'), server.counts().applied]).toEqual([4, 4]);
    expect(seconds(rig.sleeps)).toEqual([1, 2, 3]);
  },
);

test.each(ALL_PROTOCOLS)(
  '%s: a stall at any moment: the attempt ends in time, once, and says what it knows',
  async (protocol) => {
    // Beside each other, since each takes the whole time: enough for the request to arrive on a busy machine.
    await Promise.all(MOMENTS.map((at) => stallAt(protocol, at, 1_500)));
  },
);

async function stallAt(protocol: Protocol, at: Moment, timeoutMs: number): Promise<void> {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  // The connection is there when the time begins to run.
  await read(rig);
  server.faults.stall({ operation: 'workflow.start', at });
  expect(await failureOf(start(rig, { timeoutMs })), at).toMatchObject({
    name: 'TimeoutError',
    code: 'ATTEMPT_TIMEOUT',
    timeoutMs,
    mayHaveBeenProcessed: true,
    attempts: 1,
  });
  expect(startsAt(server)).toEqual({ received: 1, applied: APPLIED.has(at) ? 1 : 0 });
  expect(rig.sleeps).toEqual([]);
  if (protocol.startsWith('HTTP/1.1')) {
    // Nobody can tell any more what comes on that socket: it is closed.
    const stuck = server.received.find(({ operation }) => operation === 'workflow.start')?.connection;
    await expect.poll(() => server.connections().map(({ id }) => id)).not.toContain(stuck);
  }
  await server.faults.clear();
  expect(await start(rig)).toMatch(/^[\w-]{36}$/);
}

test.each(ALL_PROTOCOLS)('%s: a body that comes a byte at a time does not outlive the attempt', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  server.engine.metadata.registerTaskDefs([{ name: 'one', ownerEmail: 'a@example.com' }]);
  await read(rig);
  server.faults.add({ fault: { kind: 'drip', everyMs: 100 } });
  for (const call of [start, read]) {
    const error = await failureOf(call(rig, { timeoutMs: 1_000 }));
    expect(error).toMatchObject({ code: 'ATTEMPT_TIMEOUT', attempts: 1 });
  }
  expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
  expect(server.counts()).toMatchObject({ requests: 3, applied: 3 });
});

test.each(
  ALL_PROTOCOLS.flatMap((protocol) => (['reset', 'close', 'stall'] as const).map((end) => ({ protocol, end }))),
)(
  '$protocol: $end while a large body is uploaded: the start ends, in doubt, and nothing is left of it',
  async ({ protocol, end }) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol, { transport: { pingIntervalMs: 100, pingTimeoutMs: 100 } });
    server.faults.add({ fault: { kind: end, at: 'before-reading' }, times: 1 });
    const body = { name: 'w', input: { text: 'x'.repeat(8_000_000) } };
    const failed = failureOf(rig.client.workflow.start({ body }, { timeoutMs: 2_500 }));
    await expect.poll(() => server.counts().requests).toBe(1);
    if (end === 'stall') server.faults.blackHole();
    const error = await failed;
    expect(['AMBIGUOUS_REQUEST', 'ATTEMPT_TIMEOUT']).toContain(error['code']);
    expect(error).toMatchObject({ mayHaveBeenProcessed: true, attempts: 1 });
    expect(startsAt(server)).toEqual({ received: 1, applied: 0 });
    await start(rig);
    expect(rig.client.stats().inFlight).toBe(0);
  },
);

test.each(ALL_PROTOCOLS)('%s: an answer without end stops at the limit, once', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, { transport: { maxResponseBytes: 1_000_000 } });
  server.faults.add({ fault: { kind: 'endless-body' } });
  expect(await failureOf(read(rig))).toMatchObject({ code: 'RESPONSE_TOO_LARGE', attempts: 1 });
  expect(await failureOf(start(rig))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    attempts: 1,
    cause: { code: 'RESPONSE_TOO_LARGE' },
  });
  expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
  expect(server.counts().requests).toBe(2);
  expect(rig.client.stats().transport.totals.bytesReceived).toBeLessThan(4_000_000);
});

test.each(ALL_PROTOCOLS)(
  '%s: half of an answer of known length: in doubt, and a read is repeated',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    server.faults.truncateAnswers({ operation: 'workflow.start' });
    expect(await failureOf(start(rig))).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 1 });
    expect(startsAt(server)).toEqual({ received: 1, applied: 1 });
    server.faults.truncateAnswers({ operation: 'metadata.getTaskDefs', times: 1 });
    server.engine.metadata.registerTaskDefs([{ name: 'one', ownerEmail: 'a@example.com' }]);
    expect(await read(rig)).toHaveLength(1);
    expect(arrived(server, 'metadata.getTaskDefs')).toBe(2);
  },
);

test('half of a JSON answer that the end of the connection delimits is an error, never data', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.engine.metadata.registerTaskDefs([{ name: 'one', ownerEmail: 'a@example.com' }]);
  server.faults.add({ fault: { kind: 'truncate', framing: 'close' } });
  const error = await failureOf(read(rig));
  expect(error).toMatchObject({ name: 'ParseError', code: 'PARSE_FAILED', attempts: 1 });
  expect(server.counts()).toMatchObject({ requests: 1, applied: 1 });
});

test.each(ALL_PROTOCOLS)('%s: an idle connection that the server has closed costs nothing', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  await start(rig);
  server.faults.closeIdleConnections();
  await expect.poll(() => server.connections().length).toBe(0);
  await start(rig);
  expect(server.counts()).toMatchObject({ requests: 2, applied: 2, connectionsOpened: 2 });
  expect(rig.sleeps).toEqual([]);
});

test.each(ALL_PROTOCOLS)(
  '%s: what does not speak HTTP is told from what speaks it badly, in one attempt',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    server.faults.add({ fault: { kind: 'garbage' } });
    const error = await failureOf(start(rig));
    expect(error).toMatchObject({ code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true, attempts: 1 });
    expect(startsAt(server)).toEqual({ received: 1, applied: 0 });
    // Below TLS and in the middle of HTTP/2 garbage is a broken connection, which may do better the next time.
    if (protocol === 'HTTP/1.1') {
      expect(error).toMatchObject({ cause: { code: 'PROTOCOL_ERROR' } });
      expect(await failureOf(read(rig))).toMatchObject({ code: 'PROTOCOL_ERROR', attempts: 1 });
      expect(arrived(server, 'metadata.getTaskDefs')).toBe(1);
    }
  },
);

test.each(ALL_PROTOCOLS)('%s: connections that all hang: one more call waits within its own time', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, {
    transport: { maxHttp1Sockets: 2, maxHttp2Sessions: 1, maxStreamsPerSession: 2 },
  });
  server.faults.stall();
  const stuck = [read(rig, { timeoutMs: 1_500 }), read(rig, { timeoutMs: 1_500 })].map(failureOf);
  await expect.poll(() => server.counts().requests).toBe(2);
  const error = await failureOf(start(rig, { timeoutMs: 60 }));
  expect(error).toMatchObject({ code: 'ATTEMPT_TIMEOUT', mayHaveBeenProcessed: false, attempts: 1 });
  expect(startsAt(server)).toEqual({ received: 0, applied: 0 });
  for (const one of await Promise.all(stuck)) expect(one).toMatchObject({ code: 'ATTEMPT_TIMEOUT' });
  await server.faults.clear();
  await start(rig);
});

test.each(ALL_PROTOCOLS)('%s: fifty calls with 429s of 300 kB over two connections all end', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol, { transport: { maxHttp1Sockets: 2, maxHttp2Sessions: 2 } });
  server.faults.answer(429, { times: 50, body: 'x'.repeat(300_000) });
  const calls = await Promise.all(Array.from({ length: 50 }, () => start(rig)));
  expect(new Set(calls).size).toBe(50);
  expect(startsAt(server)).toEqual({ received: 100, applied: 50 });
  expect(server.counts().connectionsOpened).toBeLessThanOrEqual(2);
});
