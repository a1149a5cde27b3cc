import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { answer, startRawServer } from '../../src/raw-server.ts';
import {
  ALL_PROTOCOLS,
  arrived,
  failureOf,
  openRig,
  read,
  rigFor,
  seconds,
  start,
  startsAt,
  startServer,
} from '../../src/rig.ts';

test('two hundred callers while the server is down: first tries go on, retries end with the budget', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url, { retry: { retryBudget: {} } });
  await read(rig);
  server.faults.refuseConnections();
  server.faults.closeIdleConnections();
  await expect.poll(() => server.connections().length).toBe(0);
  const round = (): Promise<unknown> =>
    Promise.all(Array.from({ length: 200 }, () => read(rig).catch((error: unknown) => error)));
  await round();
  const before = rig.client.stats();
  for (let count = 0; count < 10; count += 1) await round();
  const after = rig.client.stats();
  const calls = after.calls - before.calls;
  expect(calls).toBe(2_000);
  expect(server.counts().requests).toBe(1);
  expect((after.attempts - before.attempts) / calls).toBeLessThanOrEqual(1.1);
  expect(after.attempts - before.attempts).toBeGreaterThanOrEqual(calls);
  await server.faults.acceptConnections();
  await round();
  expect(await read(rig)).toEqual([]);
  expect(server.counts()).toMatchObject({ requests: 202, applied: 202 });
  // State changes are told, not calls.
  expect(rig.lines.filter((line) => !line.startsWith('debug')).length).toBeLessThan(16);
});

test('a server that fails every call: the retries that it sees end with the budget, and come back with it', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', {
    config: { retryServerErrors: true },
    retry: { retryBudget: {} },
  });
  const round = async (): Promise<number> => {
    const before = server.counts().requests;
    await Promise.all(Array.from({ length: 100 }, () => read(rig).catch(() => undefined)));
    return server.counts().requests - before;
  };
  const failing = server.faults.answer(503, { body: 'busy' });
  // Some retries first, and then none.
  expect(await round()).toBeGreaterThan(100);
  for (let count = 0; count < 5; count += 1) expect(await round()).toBeLessThanOrEqual(110);
  failing.remove();
  expect(await round()).toBe(100);
  server.faults.answer(503, { times: 1, body: 'busy' });
  expect(await round()).toBe(101);
});

const POLL_FAILURES = ['AMBIGUOUS_REQUEST', 'CONNECT_REFUSED', 'CONNECT_FAILED', 'ATTEMPT_TIMEOUT'];
test.each(ALL_PROTOCOLS)('%s: sixty-four pollers through restarts: all settle, all come back', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  const polling = new AbortController();
  let polls = 0;
  const failures = new Set<unknown>();
  const pollers = Array.from({ length: 64 }, async () => {
    while (!polling.signal.aborted) {
      const poll = rig.client.task.pollBatch({ tasktype: 'none', timeout: 20 }, { timeoutMs: 3_000 });
      await poll.catch((error: { code?: unknown }) => failures.add(error.code));
      polls += 1;
    }
  });
  const handles: number[] = [];
  for (let restart = 0; restart < 3; restart += 1) {
    await expect.poll(() => server.connections().length).toBeGreaterThan(0);
    await server.faults.restart({ downMs: 20 });
    const at = polls;
    await expect.poll(() => polls).toBeGreaterThan(at + 128);
    handles.push(server.connections().length);
  }
  polling.abort();
  await Promise.all(pollers);
  expect(rig.client.stats().inFlight).toBe(0);
  // A poll takes tasks: one that may have been processed is not sent again.
  for (const code of failures) expect(POLL_FAILURES).toContain(code);
  // One that ends and the next one of the same poller may overlap by a turn.
  const most = protocol.startsWith('HTTP/1.1') ? 100 : 10;
  for (const count of handles) expect(count).toBeLessThanOrEqual(most);
  await rig[Symbol.asyncDispose]();
  await expect.poll(() => server.connections().length).toBe(0);
});

test('a thousand starts whose answers are all lost: each is done once at most, each says so', async () => {
  await using server = await startServer('HTTP/2 over TLS');
  await using rig = await rigFor(server, 'HTTP/2 over TLS');
  // One stream at a time, so that a lost connection takes no other call with it.
  server.faults.add({ fault: { kind: 'reset-stream', code: 2, at: 'after-handling' } });
  const errors = await Promise.all(Array.from({ length: 1_000 }, () => failureOf(start(rig))));
  expect(errors.every((error) => error['mayHaveBeenProcessed'] === true && error['code'] === 'AMBIGUOUS_REQUEST')).toBe(
    true,
  );
  expect(new Set(errors).size).toBe(1_000);
  expect(startsAt(server)).toEqual({ received: 1_000, applied: 1_000 });
});

test('a keyed start: byte for byte the same body and key in every attempt', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  await using rig = await rigFor(server, 'HTTP/1.1', {
    keyed: true,
    onSleep: (nth) => (nth === 2 ? server.faults.expireTokens() : undefined),
  });
  server.faults.loseAnswers({ operation: 'workflow.start', times: 2 });
  await start(rig, { idempotencyKey: 'order-7' });
  const starts = server.received.filter(({ operation }) => operation === 'workflow.start');
  expect(starts.map(({ outcome, status, token }) => [outcome, status, token])).toEqual([
    ['reset', undefined, 1],
    ['reset', undefined, 1],
    ['answered', 401, 1],
    ['answered', 200, 2],
  ]);
  expect(new Set(starts.map(({ body }) => body))).toEqual(new Set([expect.stringContaining('order-7')]));
  expect(startsAt(server)).toEqual({ received: 4, applied: 1 });
});

test('a delete whose first answer was lost and whose second try finds nothing is no plain refusal', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.engine.metadata.registerTaskDefs([{ name: 'one', ownerEmail: 'a@example.com' }]);
  server.faults.loseAnswers({ times: 1 });
  expect(await failureOf(rig.client.metadata.unregisterTaskDef({ tasktype: 'one' }))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    status: 500,
    attempts: 2,
    failures: [{ outcome: 'ambiguous', code: 'CONNECTION_RESET' }],
  });
  expect(server.counts()).toMatchObject({ requests: 2, applied: 1 });
  expect(server.engine.metadata.getTaskDefs()).toEqual([]);
});

test.each(ALL_PROTOCOLS)(
  '%s: a poll whose answer is lost is not repeated: it would take another task',
  async (protocol) => {
    await using server = await startServer(protocol);
    await using rig = await rigFor(server, protocol);
    await start(rig);
    await start(rig);
    server.faults.loseAnswers({ path: '/api/tasks/poll' });
    for (const poll of [
      () => rig.client.task.poll({ tasktype: 't' }),
      () => rig.client.task.pollBatch({ tasktype: 't', count: 1 }),
    ]) {
      expect(await failureOf(poll())).toMatchObject({
        code: 'AMBIGUOUS_REQUEST',
        mayHaveBeenProcessed: true,
        attempts: 1,
      });
    }
    expect([arrived(server, 'task.poll'), arrived(server, 'task.pollBatch'), rig.sleeps]).toEqual([1, 1, []]);
  },
);

test('a poll that asks for ten minutes has them and a margin, and a call without limit has no limit, at default settings', async () => {
  let answerNow = (): void => {};
  await using server = await startRawServer((socket, request) => {
    // What the client asks to know which server it is: one that lets polls wait.
    if (request.path === '/api/token') return answer(401)(socket, request);
    answerNow = () => answer(200, '[]')(socket, request);
  });
  // The transport is the client's own.
  await using rig = await openRig(server.url);
  const minute = 60_000;
  using time = ownTimers();
  const calls = (): number => server.received.filter(({ path }) => path !== '/api/token').length;
  let sent = 0;
  /** Sends a call, lets time pass under it, and has it answered. */
  const after = async (ms: number, call: Promise<unknown>): Promise<unknown> => {
    const outcome = call.catch((error: unknown) => error);
    sent += 1;
    await expect.poll(calls).toBe(sent);
    await time.pass(ms);
    answerNow();
    return outcome;
  };
  const poll = (): Promise<unknown> => rig.client.task.pollBatch({ tasktype: 'none', timeout: 10 * minute });
  expect(await after(10 * minute + 9_000, poll())).toEqual([]);
  expect(await after(10 * minute + 10_000, poll())).toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    timeoutMs: 10 * minute + 10_000,
    attempts: 1,
  });
  const execute = { name: 'w', version: 1, waitForSeconds: 600, body: { name: 'w' } };
  expect(await after(10 * minute + 9_000, rig.client.workflow.execute(execute))).toEqual([]);
  expect(await after(60 * minute, read(rig, { timeoutMs: 0 }))).toEqual([]);
  expect(calls()).toBe(4);
});

/** Timers that go on only where they are told to, those of the libraries below included. */
function ownTimers(): Disposable & { pass(ms: number): Promise<unknown> } {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  return {
    pass: (ms) => vi.advanceTimersByTimeAsync(ms),
    [Symbol.dispose]: () => void vi.useRealTimers(),
  };
}

test('a poll is not cut off at the limit of other calls', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url, { config: { requestTimeoutMs: 60 } });
  expect(await rig.client.task.pollBatch({ tasktype: 'none', timeout: 150 })).toEqual([]);
  server.faults.stall();
  expect(await failureOf(read(rig))).toMatchObject({ code: 'ATTEMPT_TIMEOUT', timeoutMs: 60, attempts: 1 });
  expect(server.counts().requests).toBe(2);
});

test('the total limit counts everything: token, queue, attempts, waits and body', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  await using rig = await rigFor(server, 'HTTP/1.1', { keyed: true, transport: { maxHttp1Sockets: 1 } });
  const total = { totalTimeoutMs: 120 };
  const hold = server.faults.stall({ operation: 'metadata.getTaskDefs' });
  const leave = new AbortController();
  const holder = failureOf(read(rig, { signal: leave.signal }));
  await expect.poll(() => server.counts().requests).toBe(2);
  expect(await failureOf(start(rig, total))).toMatchObject({
    code: 'TOTAL_TIMEOUT',
    timeoutMs: 120,
    mayHaveBeenProcessed: false,
  });
  leave.abort(new Error('enough'));
  await holder;
  hold.remove();
  server.faults.stall({ path: '/api/token' });
  server.faults.expireTokens();
  expect(await failureOf(start(rig, total))).toMatchObject({ code: 'TOTAL_TIMEOUT', mayHaveBeenProcessed: false });
  // The second one has been refused for its token.
  expect(startsAt(server)).toEqual({ received: 1, applied: 0 });
  await server.faults.clear();
  await using other = await rigFor(server, 'HTTP/1.1', { keyed: true });
  server.engine.metadata.registerTaskDefs([{ name: 'one', ownerEmail: 'a@example.com' }]);
  server.faults.add({ fault: { kind: 'drip', everyMs: 30 } });
  // Here the time ends in the body.
  expect(await failureOf(read(other, { totalTimeoutMs: 1_000 }))).toMatchObject({
    code: 'TOTAL_TIMEOUT',
    mayHaveBeenProcessed: true,
  });
  expect(server.received.at(-1)).toMatchObject({ operation: 'metadata.getTaskDefs', applied: true });
});

test('no wait is begun that ends after the total limit, and the error tells of each attempt', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1', { retry: { jitter: 0 } });
  server.faults.loseAnswers();
  // 1 s of waits is possible, 1 and 2 s are not.
  expect(await failureOf(read(rig, { totalTimeoutMs: 2_900 }))).toMatchObject({
    code: 'CONNECTION_RESET',
    attempts: 2,
    failures: Array.from({ length: 2 }, () => ({
      outcome: 'ambiguous',
      code: 'CONNECTION_RESET',
      durationMs: expect.any(Number) as unknown,
    })),
  });
  expect([arrived(server, 'metadata.getTaskDefs'), seconds(rig.sleeps)]).toEqual([2, [1]]);
});

test('the total limit counts the question which server it is, that a key needs', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  await using rig = await openRig(server.url);
  expect(await failureOf(start(rig, { totalTimeoutMs: 100, idempotencyKey: 'k' }))).toMatchObject({
    code: 'TOTAL_TIMEOUT',
    mayHaveBeenProcessed: false,
  });
  expect(startsAt(server)).toEqual({ received: 0, applied: 0 });
});

test('a task that is handed back and whose answer is lost: not handed back twice, unlike a result', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  const polled = async (): Promise<Awaited<ReturnType<typeof rig.client.task.poll>>> => {
    await start(rig);
    return rig.client.task.poll({ tasktype: 't' });
  };
  const held = await polled();
  const result = { taskId: held?.taskId ?? '', workflowInstanceId: held?.workflowInstanceId ?? '' };
  server.faults.loseAnswers({ operation: 'task.update', times: 1 });
  expect(await failureOf(rig.client.task.update({ body: { ...result, status: 'IN_PROGRESS' } }))).toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    attempts: 1,
  });
  // It was done: any worker can have it, and nobody takes it away.
  expect((await rig.client.task.poll({ tasktype: 't' }))?.taskId).toBe(held?.taskId);
  expect(await rig.client.task.poll({ tasktype: 't' })).toBeUndefined();
  for (const change of [{ status: 'IN_PROGRESS', extendLease: true }, { status: 'COMPLETED' }] as const) {
    const before = arrived(server, 'task.update');
    server.faults.loseAnswers({ operation: 'task.update', times: 1 });
    expect(await rig.client.task.update({ body: { ...result, ...change } })).toBe(held?.taskId);
    expect(arrived(server, 'task.update') - before).toBe(2);
  }
});

test('calls that wait for a stream: one warning, with the numbers that stats() has and the name of the setting', async () => {
  await using server = await startServer('HTTP/2 over TLS', { maxConcurrentStreams: 2 });
  const folder = await mkdtemp(join(tmpdir(), 'conductor-reliability-'));
  const { caPath } = await server.writeCertificates(folder);
  await using rig = await openRig(server.url, { config: { tlsCaPath: caPath, maxHttp2Connections: 1 } });
  await rm(folder, { recursive: true });
  server.faults.stall();
  const leave = new AbortController();
  const calls = Array.from({ length: 5 }, () => read(rig, { signal: leave.signal }).catch(() => undefined));
  const warnings = (): string[] => rig.lines.filter((line) => line.startsWith('warn'));
  await expect.poll(warnings).toHaveLength(1);
  const numbers = { origin: server.url, inFlight: 2, queued: 3 };
  expect(rig.client.stats().transport.origins).toMatchObject([numbers]);
  const [line = ''] = warnings();
  expect(line).toContain('maxHttp2Connections');
  expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({
    ...numbers,
    limit: 1,
    setting: expect.stringContaining('CONDUCTOR_MAX_HTTP2_CONNECTIONS') as unknown,
  });
  expect(server.counts()).toMatchObject({ requests: 2, connectionsOpened: 1 });
  leave.abort(new Error('enough'));
  await Promise.all(calls);
});
