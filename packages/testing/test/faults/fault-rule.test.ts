import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { type FaultRule, type RequestFacts, strikes } from '../../src/faults/fault-rule.ts';
import { seededRandom } from '../../src/faults/seeded-random.ts';
import { call } from '../call.ts';

const start: RequestFacts = {
  method: 'POST',
  path: '/api/workflow',
  operation: 'workflow.start',
  protocol: 'HTTP/1.1',
};

test.for<[FaultRule['match'], boolean]>([
  [undefined, true],
  [{ method: 'post' }, true],
  [{ method: 'GET' }, false],
  [{ path: '/api/work' }, true],
  [{ path: '/api/tasks' }, false],
  [{ path: /flow$/ }, true],
  [{ path: /flow$/g }, true],
  [{ path: /^flow/ }, false],
  [{ operation: 'workflow.start' }, true],
  [{ operation: ['task.poll', 'workflow.start'] }, true],
  [{ operation: 'workflow' }, false],
  [{ protocol: 'HTTP/2' }, false],
  [{ method: 'POST', path: '/api/tasks' }, false],
])('%j fits a start: %s', ([match, fits]) => {
  const counters = { fitting: 0, hits: 0 };
  const rule: FaultRule = { match, fault: [] };
  // Twice: a global expression must not remember where it was.
  for (let round = 0; round < 2; round += 1) expect(strikes(rule, counters, start, Math.random)).toBe(fits);
});

test('nth counts the requests that fit, times counts strikes', () => {
  const struck = (rule: FaultRule): boolean[] => {
    const counters = { fitting: 0, hits: 0 };
    return Array.from({ length: 5 }, () => strikes(rule, counters, start, Math.random));
  };
  expect(struck({ match: { nth: 2 }, fault: [] })).toEqual([false, true, false, false, false]);
  expect(struck({ match: { nth: [1, 4] }, fault: [] })).toEqual([true, false, false, true, false]);
  expect(struck({ times: 2, fault: [] })).toEqual([true, true, false, false, false]);
  expect(struck({ match: { probability: 0 }, fault: [] })).toEqual([false, false, false, false, false]);
  expect(struck({ match: { probability: 1 }, times: 1, fault: [] })).toEqual([true, false, false, false, false]);
});

test('the same seed gives the same strikes, whatever other traffic there is', async () => {
  const runs: string[] = [];
  for (const noise of [0, 3]) {
    await using server = await startConductorServer({ seed: 7 });
    server.faults.answer(503, { path: '/health', probability: 0.5 });
    const statuses: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      for (let other = 0; other < noise; other += 1) await call(server, 'GET', '/api/version');
      statuses.push((await call(server, 'GET', '/health')).status);
    }
    runs.push(statuses.join(' '));
  }
  expect(runs[0]).toBe(runs[1]);
  expect(runs[0]).toContain('200');
  expect(runs[0]).toContain('503');
});

test('the generator is spread over 0 to 1', () => {
  const random = seededRandom(42);
  const values = Array.from({ length: 10_000 }, random);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(values.filter((value) => value < 0.3).length / 10_000).toBeCloseTo(0.3, 1);
});

test('several faults of several rules strike one request in the order of its life', async () => {
  await using server = await startConductorServer();
  server.faults.delay(5);
  server.faults.add({
    fault: [
      { kind: 'delay', ms: 5, at: 'after-handling' },
      { kind: 'truncate', bytes: 1 },
    ],
  });
  await call(server, 'GET', '/health').catch(() => {});
  expect(server.received[0]).toMatchObject({ faults: ['delay', 'delay', 'truncate'], outcome: 'truncated' });
});

test.for([
  [{ kind: 'status', status: 99 }, 'status:'],
  [{ kind: 'status', status: 200, headers: { 'x-a': 'b\r\nc: d' } }, 'Invalid character in header content'],
  [{ kind: 'drip', bytes: 0, everyMs: 1 }, 'bytes:'],
] as const)('%j is refused where it is added', async ([fault, message]) => {
  await using server = await startConductorServer();
  expect(() => server.faults.add({ fault })).toThrow(message);
});

test('a rule for an operation that no request has is refused with the names that there are', async () => {
  await using server = await startConductorServer();
  expect(() => server.faults.answer(503, { operation: 'task.batchPoll' })).toThrow(
    /^operation: no request is known as "task.batchPoll".* task\.pollBatch,/,
  );
  expect(() => server.faults.delay(5, { operation: ['task.poll', 'start'] })).toThrow(
    'known as "start". Give the group and method of the client, such as workflow.start, or match by path.',
  );
});

test('a rule ends when it is removed, disposed of, or all are cleared', async () => {
  await using server = await startConductorServer();
  const removed = server.faults.answer(500);
  removed.remove();
  {
    using _scoped = server.faults.answer(501);
    expect((await call(server, 'GET', '/health')).status).toBe(501);
  }
  server.faults.answer(502, { path: '/api/version' });
  expect((await call(server, 'GET', '/health')).status).toBe(200);
  await server.faults.clear();
  expect((await call(server, 'GET', '/api/version')).status).toBe(200);
  expect(removed.hits).toBe(0);
});
