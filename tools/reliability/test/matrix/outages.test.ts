import { expect, test } from 'vitest';
import { ALL_PROTOCOLS, arrived, failureOf, openRig, read, rigFor, start, startServer } from '../../src/rig.ts';

test('two hundred callers while the server is down: first tries go on, retries end with the budget', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url, { retry: { retryBudget: {} } });
  await read(rig);
  server.faults.refuseConnections();
  const round = (): Promise<unknown> =>
    Promise.all(Array.from({ length: 200 }, () => read(rig).catch((error: unknown) => error)));
  await round();
  const before = rig.client.stats();
  for (let count = 0; count < 10; count += 1) await round();
  const after = rig.client.stats();
  const calls = after.calls - before.calls;
  expect(calls).toBe(2_000);
  expect((after.attempts - before.attempts) / calls).toBeLessThanOrEqual(1.1);
  expect(after.attempts - before.attempts).toBeGreaterThanOrEqual(calls);
  await server.faults.acceptConnections();
  await round();
  expect(await read(rig)).toEqual([]);
  // State changes are told, not calls.
  expect(rig.lines.filter((line) => !line.startsWith('debug')).length).toBeLessThan(16);
});

test.each(ALL_PROTOCOLS)('%s: sixty-four pollers through restarts: all settle, all come back', async (protocol) => {
  await using server = await startServer(protocol);
  await using rig = await rigFor(server, protocol);
  const polling = new AbortController();
  let polls = 0;
  const pollers = Array.from({ length: 64 }, async () => {
    while (!polling.signal.aborted) {
      await rig.client.task.pollBatch({ tasktype: 'none', timeout: 20 }, { timeoutMs: 3_000 }).catch(() => undefined);
      polls += 1;
    }
  });
  for (let restart = 0; restart < 2; restart += 1) {
    await expect.poll(() => server.connections().length).toBeGreaterThan(0);
    await server.faults.restart({ downMs: 20 });
    const at = polls;
    await expect.poll(() => polls, { timeout: 5_000 }).toBeGreaterThan(at + 64);
  }
  polling.abort();
  await Promise.all(pollers);
  expect(rig.client.stats().inFlight).toBe(0);
  expect(server.connections().length).toBeLessThanOrEqual(100);
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
  expect(server.engine.stats().workflowsStarted).toBe(1_000);
});

test('a keyed start: byte for byte the same body and key in every attempt', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  await using rig = await rigFor(server, 'HTTP/1.1', { keyed: true });
  server.faults.loseAnswers({ operation: 'workflow.start', times: 2 });
  server.faults.expireTokens();
  await start(rig, { idempotencyKey: 'order-7' });
  const bodies = server.received.filter(({ operation }) => operation === 'workflow.start').map(({ body }) => body);
  expect(bodies.length).toBeGreaterThanOrEqual(3);
  expect(new Set(bodies).size).toBe(1);
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test('a delete whose first answer was lost and whose second try finds nothing is no plain 404', async () => {
  await using server = await startServer();
  await using rig = await rigFor(server, 'HTTP/1.1');
  server.engine.metadata.registerTaskDefs([{ name: 'one', ownerEmail: 'a@example.com' }]);
  server.faults.loseAnswers({ times: 1 });
  const outcome = await rig.client.metadata.unregisterTaskDef({ tasktype: 'one' }).catch((error: unknown) => error);
  if (outcome !== undefined) expect(outcome).toMatchObject({ code: 'AMBIGUOUS_REQUEST', attempts: 2 });
  expect(server.engine.metadata.getTaskDefs()).toEqual([]);
});

test('a poll for ten minutes is not cut off at the limit of other calls', async () => {
  await using server = await startServer();
  await using rig = await openRig(server.url, { config: { requestTimeoutMs: 60 } });
  expect(await rig.client.task.pollBatch({ tasktype: 'none', timeout: 150 })).toEqual([]);
  server.faults.stall();
  expect(await failureOf(read(rig))).toMatchObject({ code: 'ATTEMPT_TIMEOUT', timeoutMs: 60 });
});

test('the total limit counts everything: token, queue, attempts, waits and body', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  await using rig = await rigFor(server, 'HTTP/1.1', { keyed: true, transport: { maxHttp1Sockets: 1 } });
  const total = { totalTimeoutMs: 120 };
  const hold = server.faults.stall({ operation: 'metadata.getTaskDefs' });
  const leave = new AbortController();
  const holder = failureOf(read(rig, { signal: leave.signal }));
  await expect.poll(() => server.counts().requests).toBe(2);
  expect(await failureOf(start(rig, total))).toMatchObject({ code: 'TOTAL_TIMEOUT', timeoutMs: 120 });
  leave.abort(new Error('enough'));
  await holder;
  hold.remove();
  server.faults.stall({ path: '/api/token' });
  server.faults.expireTokens();
  expect(await failureOf(start(rig, total))).toMatchObject({ code: 'TOTAL_TIMEOUT' });
  await server.faults.clear();
  server.faults.add({ fault: { kind: 'drip', everyMs: 30 } });
  expect(await failureOf(read(rig, total))).toMatchObject({ code: 'TOTAL_TIMEOUT' });
});

test('the total limit counts the question which server it is, that a key needs', async () => {
  await using server = await startServer('HTTP/1.1', { mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  await using rig = await openRig(server.url);
  const started = performance.now();
  await failureOf(start(rig, { totalTimeoutMs: 100, idempotencyKey: 'k' }));
  expect(performance.now() - started).toBeLessThan(3_000);
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
