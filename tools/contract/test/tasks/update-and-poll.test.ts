import { expect, test } from 'vitest';
import { client, polled, raw } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';
import { workType } from '../../src/work.ts';

async function withTasks(count: number): Promise<string> {
  const type = await workType();
  const name = await registered([simple(type, 'a')]);
  for (let index = 0; index < count; index += 1) await started(name);
  return type;
}

test('a report is answered with the next task of the type, of whatever workflow, leased to the same worker', async () => {
  const type = await withTasks(2);
  const { taskId, workflowInstanceId } = await polled(type);
  const next = await client.task.updateAndPoll({
    body: { taskId, workflowInstanceId, status: 'COMPLETED', workerId: 'w1' },
  });
  expect(next).toMatchObject({ status: 'IN_PROGRESS', pollCount: 1, workerId: 'w1', taskType: type });
  expect(next?.workflowInstanceId).not.toBe(workflowInstanceId);
  expect((await client.task.get({ taskId })).status).toBe('COMPLETED');
});

test('without a next task the answer is a 204', async () => {
  const { taskId, workflowInstanceId } = await polled(await withTasks(1));
  const report = { taskId, workflowInstanceId, status: 'COMPLETED' as const };
  expect(await client.task.updateAndPoll({ body: report })).toBeUndefined();
  expect(await raw('POST', '/api/tasks/update-v2', JSON.stringify(report))).toMatchObject({
    status: 204,
    type: null,
    body: '',
  });
});

test('a late report still takes the next task', async () => {
  const type = await withTasks(2);
  const { taskId, workflowInstanceId } = await polled(type);
  const report = { taskId, workflowInstanceId, status: 'COMPLETED' as const };
  await client.task.update({ body: report });
  expect(await client.task.updateAndPoll({ body: report })).toMatchObject({ status: 'IN_PROGRESS', pollCount: 1 });
});

test('unknown ids are a 404', async () => {
  const { taskId, workflowInstanceId } = await polled(await withTasks(1));
  const report = { taskId, workflowInstanceId, status: 'COMPLETED' };
  expect(await refused('POST /api/tasks/update-v2', { ...report, taskId: 'nope' })).toEqual(
    refusal(404, 'No such task found by id: nope'),
  );
  expect(await refused('POST /api/tasks/update-v2', { ...report, workflowInstanceId: 'nope' })).toEqual(
    refusal(404, 'No such workflow found by id: nope'),
  );
});

test('an incomplete report is a 500 here', async () => {
  expect(await refused('POST /api/tasks/update-v2', {})).toEqual(
    refusal(500, begins('Validation failed for argument [0] in public ')),
  );
});
