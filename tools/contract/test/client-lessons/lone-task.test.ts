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
