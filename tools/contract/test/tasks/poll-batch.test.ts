import { expect, test } from 'vitest';
import { client } from '../../src/contract.ts';
import { api, registered, simple, started } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';
import { complete, workType } from '../../src/work.ts';

async function withTasks(count: number): Promise<{ type: string; start: () => Promise<string> }> {
  const type = await workType();
  const name = await registered([simple(type, 'a')]);
  for (let index = 0; index < count; index += 1) await started(name);
  return { type, start: () => started(name) };
}

/** Notes in which order calls are answered. */
function inOrder(): { order: string[]; note: <T>(name: string, call: Promise<T>) => Promise<T> } {
  const order: string[] = [];
  return { order, note: (name, call) => call.finally(() => order.push(name)) };
}

test.concurrent('nothing to do is an empty list', async () => {
  const { type } = await withTasks(0);
  expect(await api('GET', `/tasks/poll/batch/${type}`)).toMatchObject({
    status: 200,
    type: 'application/json',
    json: [],
  });
});

test.concurrent('a poll gets one task unless it asks for more', async () => {
  const { type } = await withTasks(2);
  expect(await client.task.pollBatch({ tasktype: type })).toHaveLength(1);
});

test.concurrent('a poll is answered at once when as many tasks are there as it asks for', async () => {
  const { type } = await withTasks(3);
  const empty = await workType();
  const { order, note } = inOrder();
  const [tasks] = await Promise.all([
    note('full', client.task.pollBatch({ tasktype: type, count: 2, timeout: 4_000, workerid: 'w1' })),
    note('empty', client.task.pollBatch({ tasktype: empty, timeout: 2_000 })),
  ]);
  expect(order).toEqual(['full', 'empty']);
  expect(tasks.map(({ status, workerId, pollCount }) => [status, workerId, pollCount])).toEqual([
    ['IN_PROGRESS', 'w1', 1],
    ['IN_PROGRESS', 'w1', 1],
  ]);
});

test.concurrent('with fewer it waits its whole time, and then gives what is there', async () => {
  const { type } = await withTasks(1);
  const empty = await workType();
  const { order, note } = inOrder();
  const [tasks] = await Promise.all([
    note('one of two', client.task.pollBatch({ tasktype: type, count: 2, timeout: 3_500 })),
    note('empty', client.task.pollBatch({ tasktype: empty, timeout: 1_500 })),
  ]);
  expect(order).toEqual(['empty', 'one of two']);
  expect(tasks).toHaveLength(1);
});

test.concurrent('nobody else gets the task that a waiting poll holds, and its lease begins when the wait is over', async () => {
  const { type } = await withTasks(1);
  const waiting = client.task.pollBatch({ tasktype: type, count: 2, timeout: 2_500 });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const other = await client.task.poll({ tasktype: type });
  const held = await waiting;
  // On a busy machine the second may come first.
  expect([held.length, other === undefined]).toEqual(other === undefined ? [1, true] : [0, false]);
  for (const { startTime = 0, scheduledTime = 0 } of held) expect(startTime - scheduledTime).toBeGreaterThan(1_500);
});

test.concurrent('a task that comes while a poll for one waits is given to it at once', async () => {
  const { type, start } = await withTasks(0);
  const empty = await workType();
  const { order, note } = inOrder();
  const polls = Promise.all([
    note('came', client.task.pollBatch({ tasktype: type, timeout: 5_000 })),
    note('empty', client.task.pollBatch({ tasktype: empty, timeout: 4_500 })),
  ]);
  await start();
  const [tasks] = await polls;
  expect(tasks).toHaveLength(1);
  expect(order).toEqual(['came', 'empty']);
});

test.concurrent('a task that comes while a poll for more waits stays with it until its end', async () => {
  const { type, start } = await withTasks(0);
  const waiting = client.task.pollBatch({ tasktype: type, count: 2, timeout: 2_000 });
  await start();
  expect(await waiting).toHaveLength(1);
});

test.concurrent('what a poll is given can be completed', async () => {
  const { type } = await withTasks(1);
  const done = await complete(type);
  expect(done.taskType).toBe(type);
  expect(await client.task.pollBatch({ tasktype: type })).toEqual([]);
});

test.concurrent('a count of 0 is nothing, and no time is no wait', async () => {
  const { type } = await withTasks(1);
  expect(await client.task.pollBatch({ tasktype: type, count: 0, timeout: 5_000 })).toEqual([]);
  expect(await client.task.pollBatch({ tasktype: type, count: 200, timeout: 0 })).toHaveLength(1);
});

test.concurrent('a wait of more than five seconds is refused', async () => {
  expect(await refused('GET /api/tasks/poll/batch/any?timeout=5001')).toEqual(
    refusal(400, 'Long Poll Timeout value cannot be more than 5 seconds'),
  );
});

test.concurrent('a count that is no number is the fault of the server', async () => {
  expect(await refused('GET /api/tasks/poll/batch/any?count=abc')).toEqual(
    refusal(500, begins("Method parameter 'count': Failed to convert value of type 'java.lang.String'")),
  );
});
