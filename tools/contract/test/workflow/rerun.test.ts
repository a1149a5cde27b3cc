import { expect, test } from 'vitest';
import { client, finish, polled, unique } from '../../src/contract.ts';
import { api, started, twoTasks } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

test('a rerun from the start answers with the id, and begins anew', async () => {
  const { workflowId } = await complete();
  expect(await api('POST', `/workflow/${workflowId}/rerun`, {})).toEqual({
    status: 200,
    type: 'text/plain;charset=UTF-8',
    length: '36',
    json: workflowId,
  });
  expect((await client.workflow.get({ workflowId })).tasks).toMatchObject([
    { referenceTaskName: 'a', status: 'SCHEDULED', seq: 1 },
  ]);
});

test('a rerun from a task puts that one back, and forgets what came after it', async () => {
  const { workflowId, type } = await complete();
  const before = await client.workflow.get({ workflowId });
  const [first, second] = before.tasks ?? [];
  await client.workflow.rerun({
    workflowId,
    body: { reRunFromTaskId: second?.taskId, taskInput: { q: 1 }, workflowInput: { w: 2 }, correlationId: 'again' },
  });
  const workflow = await client.workflow.get({ workflowId });
  expect(workflow).toMatchObject({
    status: 'RUNNING',
    input: { w: 2 },
    correlationId: 'again',
    endTime: before.endTime,
    output: before.output,
    lastRetriedTime: 0,
    tasks: [
      { taskId: first?.taskId, status: 'COMPLETED' },
      { taskId: second?.taskId, status: 'SCHEDULED', seq: 2, retryCount: 0, inputData: { q: 1 }, outputData: {} },
    ],
  });
  expect(workflow).not.toHaveProperty('reRunFromWorkflowId');
  await finish(await polled(type));
  expect(await client.workflow.getStatus({ workflowId })).toMatchObject({ status: 'COMPLETED' });
});

test('what runs, an unknown task and a missing body are refused', async () => {
  const { name } = await twoTasks();
  const running = await started(name);
  expect(await refused(`POST /api/workflow/${running}/rerun`, {})).toEqual(
    refusal(409, `Workflow: ${name}.1/${running}.RUNNING is not in terminal state, unable to rerun.`),
  );
  const { workflowId } = await complete();
  const nope = unique('nope');
  expect(await refused(`POST /api/workflow/${workflowId}/rerun`, { reRunFromTaskId: nope })).toEqual(
    refusal(400, `Task ${nope} not found`),
  );
  expect(await refused(`POST /api/workflow/${workflowId}/rerun`)).toEqual(
    refusal(500, begins('Required request body is missing: public')),
  );
});

async function complete(): Promise<{ workflowId: string; type: string }> {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await finish(await polled(type), { outputData: { y: 1 } });
  await finish(await polled(type), { outputData: { z: 1 } });
  return { workflowId, type };
}
