import { expect, test } from 'vitest';
import { client, finish, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, outline, taskOf, workType } from '../../src/work.ts';

async function leased(): Promise<{ id: string; type: string; task: Awaited<ReturnType<typeof polled>> }> {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a')]));
  return { id, type, task: await polled(type) };
}

test.concurrent('IN_PROGRESS hands the task back: scheduled again, with its output, for whoever polls after the pause', async () => {
  const { id, type, task } = await leased();
  const reportedAtMs = Date.now();
  const report = { status: 'IN_PROGRESS', outputData: { half: true }, reasonForIncompletion: 'waiting' } as const;
  await finish(task, { ...report, callbackAfterSeconds: 1, workerId: 'w1' });
  expect(taskOf(await execution(id), 'a')).toMatchObject({
    taskId: task.taskId,
    status: 'SCHEDULED',
    callbackAfterSeconds: 1,
    outputData: { half: true },
    reasonForIncompletion: 'waiting',
    workerId: 'w1',
    startTime: task.startTime,
  });
  const again = await polled(type);
  expect(Date.now() - reportedAtMs, 'not before the pause is over').toBeGreaterThan(900);
  expect(again).toMatchObject({
    taskId: task.taskId,
    status: 'IN_PROGRESS',
    callbackAfterSeconds: 0,
    pollCount: 2,
    startTime: task.startTime,
    outputData: { half: true },
  });
});

test.concurrent('without a pause it is there for the next poll at once', async () => {
  const { type, task } = await leased();
  await finish(task, { status: 'IN_PROGRESS' });
  expect(await client.task.poll({ tasktype: type })).toMatchObject({ taskId: task.taskId, pollCount: 2 });
});

test.concurrent('it can be completed while it waits for its callback', async () => {
  const { id, task } = await leased();
  await finish(task, { status: 'IN_PROGRESS', callbackAfterSeconds: 60 });
  await finish(task, { outputData: { done: 1 } });
  expect(await execution(id)).toMatchObject({ status: 'COMPLETED', output: { done: 1 } });
});

test.concurrent('an extended lease is all that such a report does, whatever else it says', async () => {
  const { id, task } = await leased();
  await finish(task, { status: 'COMPLETED', extendLease: true, outputData: { x: 1 }, logs: [{ log: 'no' }] });
  const now = taskOf(await execution(id), 'a');
  expect(now).toMatchObject({ status: 'IN_PROGRESS', outputData: {}, pollCount: 1 });
  expect(now.updateTime).toBeGreaterThanOrEqual(task.updateTime ?? 0);
  expect(await client.task.getLogs({ taskId: task.taskId })).toEqual([]);
});

test.concurrent('a start delay keeps a task from the first poll', async () => {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a', { startDelay: 2 }), simple(type, 'b')]));
  expect(taskOf(await execution(id), 'a')).toMatchObject({ startDelayInSeconds: 2, callbackAfterSeconds: 2 });
  const task = await complete(type);
  expect((task.startTime ?? 0) - (task.scheduledTime ?? 0)).toBeGreaterThan(1_900);
  expect(outline(await execution(id))).toEqual(['a COMPLETED', 'b SCHEDULED']);
});
