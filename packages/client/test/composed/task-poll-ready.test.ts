import { expect, test } from 'vitest';
import { taskPollReady } from '../../src/composed/task-poll-ready.ts';
import { json, recordingCaller } from '../recording-caller.ts';

const params = { tasktype: 'mail', count: 5, timeout: 3_000, workerid: 'w', domain: 'd' };

/** Answers each request with the next of these counts of tasks, and tells what was asked. */
function server(...counts: number[]) {
  const { caller, sent } = recordingCaller(() =>
    json(Array.from({ length: counts[sent.length - 1] ?? 0 }, (_, index) => ({ taskId: String(index) }))),
  );
  const asked = (): unknown[] =>
    sent.map(({ url }) => {
      const query = new URL(url).searchParams;
      return [query.get('count'), query.get('timeout')];
    });
  return { caller, sent, asked };
}

test('what is there is taken without a wait', async () => {
  const { caller, asked } = server(2);
  expect(await taskPollReady(caller, params)).toHaveLength(2);
  expect(asked()).toEqual([['5', '0']]);
});

test('where nothing is there, one task is waited for', async () => {
  const { caller, sent, asked } = server(0, 1);
  expect(await taskPollReady(caller, params)).toHaveLength(1);
  expect(asked()).toEqual([
    ['5', '0'],
    ['1', '3000'],
  ]);
  expect(sent.every(({ url }) => url.includes('/mail') && url.includes('workerid=w') && url.includes('domain=d'))).toBe(
    true,
  );
});

test('nothing in time is an empty list', async () => {
  expect(await taskPollReady(server(0, 0).caller, params)).toEqual([]);
});

test.each([
  ['one task', { count: 1 }, [['1', '3000']]],
  ['no count', { count: undefined }, [[null, '3000']]],
  ['no wait', { timeout: 0 }, [['5', '0']]],
])('%s needs one request', async (_, changes, expected) => {
  const { caller, asked } = server(0, 0);
  await taskPollReady(caller, { ...params, ...changes });
  expect(asked()).toEqual(expected);
});

test('the limit of the whole covers both requests, and neither is sent again where it may have taken tasks', async () => {
  const { caller, sent } = server(0, 0);
  await taskPollReady(caller, params, { totalTimeoutMs: 60_000 });
  const [first, second] = sent.map(({ init }) => init.call);
  expect(first).toMatchObject({ operation: 'task.pollReady', replay: 'unsafe', totalTimeoutMs: 60_000 });
  expect(second?.totalTimeoutMs).toBeLessThanOrEqual(60_000);
  expect(second?.totalTimeoutMs).toBeGreaterThan(0);
  expect(second).toMatchObject({ operation: 'task.pollReady', replay: 'unsafe' });
});

test('where the call names no limit, that of the client holds for both requests', async () => {
  const { caller, sent } = recordingCaller(() => json([]), { totalTimeoutMs: 60_000 });
  await taskPollReady(caller, params);
  expect(sent.map(({ init }) => init.call.totalTimeoutMs)).toEqual([60_000, 60_000]);
});
