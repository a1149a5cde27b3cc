import { expect, test } from 'vitest';
import { client, unique } from '../../src/contract.ts';

async function oneTask(): Promise<string> {
  const name = unique('lesson_poll');
  const tasks = [{ name, taskReferenceName: 'a', type: 'SIMPLE' }];
  await client.metadata.registerWorkflowDef({
    body: { name, version: 1, ownerEmail: 'a@example.com', timeoutSeconds: 0, tasks },
  });
  await client.workflow.start({ body: { name } });
  return name;
}

test('pollReady for two gives a lone task at once, a late one when it comes, and two where two are there', async () => {
  const tasktype = await oneTask();
  const start = (): Promise<string> => client.workflow.start({ body: { name: tasktype } });
  const ready = (): Promise<unknown[]> => client.task.pollReady({ tasktype, count: 2, timeout: 5_000 });
  expect(await ready()).toHaveLength(1);
  const order: string[] = [];
  const lone = ready().then((tasks) => order.push(`pollReady ${tasks.length}`));
  await start();
  // It began later and ends after the whole of its time, as a poll for two tasks does.
  const whole = client.task.pollBatch({ tasktype: `${tasktype}_none`, count: 2, timeout: 5_000 });
  await Promise.all([lone, whole.then((tasks) => order.push(`pollBatch ${tasks.length}`))]);
  expect(order).toEqual(['pollReady 1', 'pollBatch 0']);
  await start();
  await start();
  expect(await ready()).toHaveLength(2);
});

test('a poll for one task is answered at once, one for two keeps a lone task waiting until its end', async () => {
  const [alone, waiting] = [await oneTask(), await oneTask()];
  const answered: string[] = [];
  const poll = async (tasktype: string, count: number): Promise<number> => {
    const tasks = await client.task.pollBatch({ tasktype, count, timeout: 3_000 });
    answered.push(`count ${count}`);
    return tasks.length;
  };
  expect(await Promise.all([poll(waiting, 2), poll(alone, 1)])).toEqual([1, 1]);
  expect(answered).toEqual(['count 1', 'count 2']);
});
