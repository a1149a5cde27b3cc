import { expect, test } from 'vitest';
import { client, finish, polled } from '../../src/contract.ts';
import { api, ended, started, twoTasks, type TwoTasks } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

test('a retry copies the failed task, once more', async () => {
  const { workflow, workflowId, type } = await failed();
  expect(await api('POST', `/workflow/${workflowId}/retry`)).toEqual({
    status: 204,
    type: null,
    length: null,
    json: undefined,
  });
  const [old, attempt] = (await client.workflow.get({ workflowId })).tasks ?? [];
  expect(old).toMatchObject({ status: 'FAILED', retried: true, seq: 1 });
  expect(attempt).toMatchObject({
    status: 'SCHEDULED',
    retryCount: 1,
    retriedTaskId: old?.taskId,
    seq: 2,
    outputData: {},
  });
  expect(attempt).not.toHaveProperty('reasonForIncompletion');
  const task = await polled(type);
  expect(task.taskId).toBe(attempt?.taskId);
  await finish(task);
  await finish(await polled(type));
  // What had failed stays on record.
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'COMPLETED',
    failedReferenceTaskNames: ['a'],
    workflowName: workflow.name,
  });
});

test('what runs again forgets why it ended, but not yet when and with what', async () => {
  const { workflowId } = await failed();
  const { endTime, output } = await client.workflow.get({ workflowId });
  await client.workflow.retry({ workflowId });
  const retried = await client.workflow.get({ workflowId });
  expect(retried).toMatchObject({ status: 'RUNNING', endTime, output });
  expect(retried).not.toHaveProperty('reasonForIncompletion');
  expect(retried.lastRetriedTime).toBeGreaterThan(0);
});

test('a terminated workflow can be retried, too', async () => {
  const { name } = await twoTasks();
  const workflowId = await ended(name);
  await client.workflow.retry({ workflowId });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'RUNNING',
    tasks: [
      { status: 'CANCELED', retried: true },
      { status: 'SCHEDULED', retryCount: 1 },
    ],
  });
});

test('one that runs is refused as not found, and one without failed tasks as a conflict', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  expect(await refused(`POST /api/workflow/${workflowId}/retry`)).toEqual(
    refusal(404, begins('Workflow is still running.')),
  );
  await finish(await polled(type));
  await finish(await polled(type));
  expect(await refused(`POST /api/workflow/${workflowId}/retry`)).toEqual(
    refusal(409, 'There are no retryable tasks! Use restart if you want to attempt entire workflow execution again.'),
  );
});

async function failed(): Promise<{ workflow: TwoTasks; type: string; workflowId: string }> {
  const workflow = await twoTasks();
  const workflowId = await started(workflow.name);
  await finish(await polled(workflow.type), { status: 'FAILED', reasonForIncompletion: 'boom', outputData: { y: 1 } });
  return { workflow, type: workflow.type, workflowId };
}
