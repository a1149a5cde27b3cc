import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type FrameConnection, startFrameServer } from '../../src/frame-server.ts';
import { openRig, read, rigFor, start, startServer, WORKFLOW } from '../../src/rig.ts';

const CALLS = 10_000;
/** Against a hang, on the slowest machine. */
const GUARD_MS = 90_000;
vi.setConfig({ testTimeout: GUARD_MS });
const LARGEST_STREAM_ID = 2 ** 31 - 1;
const burst = <T>(call: (n: number) => Promise<T>, calls = CALLS): Promise<T[]> =>
  Promise.all(Array.from({ length: calls }, (_, n) => call(n)));

test('two thousand starts while sessions say GOAWAY and refuse streams: every one is done, once', async () => {
  const calls = 2_000;
  const protocol = 'HTTP/2 over TLS';
  await using server = await startServer(protocol, { maxWorkflows: 2 * calls, seed: 1 });
  await using rig = await rigFor(server, protocol);
  const onStart = { operation: 'workflow.start' };
  server.faults.add({ match: { ...onStart, probability: 0.01 }, fault: { kind: 'goaway' } });
  server.faults.add({ match: { ...onStart, probability: 0.01 }, fault: { kind: 'goaway', covers: false } });
  server.faults.refuseStreams({ ...onStart, probability: 0.01 });
  const ids = await burst(
    (n) => rig.client.workflow.start({ body: { name: WORKFLOW, correlationId: `c${n}` } }),
    calls,
  );
  expect(new Set(ids).size).toBe(calls);
  const starts = server.engine.stats().startsByCorrelationId;
  expect([starts.size, [...starts.values()].every((times) => times === 1)]).toEqual([calls, true]);
  expect(server.counts().requests).toBeGreaterThan(calls + 20);
  expect(server.counts().connectionsOpened).toBeGreaterThan(5);
  expect(rig.client.stats().inFlight).toBe(0);
});

test.each([
  { calls: CALLS, how: 'in two steps', twoSteps: true },
  { calls: 2_000, how: 'in one step', twoSteps: false },
])(
  '$calls starts on sessions that say GOAWAY $how in the middle of them: what is refused is sent again, none is done twice',
  async ({ calls, twoSteps }) => {
    const PER_SESSION = 60;
    const taken = new Map<number, { count: number; lastId: number }>();
    await using server = await startFrameServer((connection: FrameConnection, id: number) => {
      const state = taken.get(connection.id) ?? { count: 0, lastId: LARGEST_STREAM_ID };
      taken.set(connection.id, state);
      state.count += 1;
      // Above the last stream: received, and not done.
      if (id > state.lastId) return;
      connection.answer(id);
      if (state.count !== PER_SESSION) return;
      state.lastId = id;
      if (twoSteps) connection.goaway(LARGEST_STREAM_ID, 0);
      connection.goaway(id, 0);
      connection.socket.end();
    });
    await using rig = await openRig(server.url, { transport: { http2: 'prior-knowledge' } });
    await burst(() => start(rig), calls);
    expect(server.applied).toBe(calls);
    expect(server.requests).toBeGreaterThan(calls);
    expect(server.accepted).toBeGreaterThanOrEqual(Math.floor(calls / PER_SESSION) - 10);
  },
);

test('ten thousand calls in flight at the server at the same time: all are answered', async () => {
  const held: (() => void)[] = [];
  await using server = await startFrameServer(
    (connection, id) => {
      held.push(() => connection.answer(id));
      if (held.length === CALLS) for (const answer of held) answer();
    },
    { maxStreams: 2_000 },
  );
  await using rig = await openRig(server.url, {
    transport: { http2: 'prior-knowledge', maxStreamsPerSession: 1_000, maxHttp2Sessions: 10 },
  });
  await burst(() => start(rig));
  expect([server.requests, server.applied, server.accepted]).toEqual([CALLS, CALLS, 10]);
  expect(rig.client.stats().inFlight).toBe(0);
});

test.each(['HTTP/1.1', 'HTTP/2 in the clear'] as const)(
  '%s: ten thousand calls in flight under one signal: one abort ends them all, and nothing is left of them',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    const hold = server.faults.stall();
    const controller = new AbortController();
    const reason = new Error('enough');
    const calls = burst((n) =>
      (n % 2 === 0 ? read : start)(rig, { signal: controller.signal }).catch((error: unknown) => error),
    );
    await expect.poll(() => server.counts().requests, { timeout: GUARD_MS }).toBeGreaterThanOrEqual(100);
    expect(rig.client.stats().inFlight).toBe(CALLS);
    controller.abort(reason);
    expect(new Set(await calls)).toEqual(new Set([reason]));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    hold.remove();
    await read(rig);
    expect(rig.client.stats().inFlight).toBe(0);
  },
);
