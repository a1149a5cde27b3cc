import { expect, test } from 'vitest';
import { client, eventually } from '../../src/contract.ts';
import { api, ended, started, twoTasks } from '../../src/given.ts';
import { refusal, refused } from '../../src/refusals.ts';

const NOTHING = { status: 200, type: null, length: '0', json: undefined };

test('a workflow that runs cannot be removed into the archive', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  expect(await refused(`DELETE /api/workflow/${workflowId}/remove`)).toEqual(
    refusal(400, `Cannot archive workflow: ${workflowId} with status: RUNNING`),
  );
  expect(await client.workflow.getStatus({ workflowId })).toMatchObject({ status: 'RUNNING' });
});

test('a removed workflow is gone, and searches still find what is in the archive', async () => {
  const { name } = await twoTasks();
  const workflowId = await ended(name);
  await eventually(() => isFound(workflowId, true));
  expect(await api('DELETE', `/workflow/${workflowId}/remove`)).toEqual(NOTHING);
  expect(await refused(`GET /api/workflow/${workflowId}`)).toEqual(
    refusal(404, `No such workflow found by id: ${workflowId}`),
  );
  await eventually(() => isFound(workflowId, true));
  const { totalHits, results } = await client.workflow.searchV2({ query: `workflowId='${workflowId}'` });
  expect([totalHits, results]).toEqual([0, []]);
});

test('without the archive nothing of it is left, and it may even run', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await eventually(() => isFound(workflowId, true));
  await client.workflow.remove({ workflowId, archiveWorkflow: false });
  expect(await refused(`GET /api/workflow/${workflowId}`)).toMatchObject({ status: 404 });
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
  await eventually(() => isFound(workflowId, false));
});

test('terminated and removed in one go', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  await client.workflow.terminateAndRemove({ workflowId, reason: 'gone' });
  expect(await refused(`GET /api/workflow/${workflowId}/status`)).toMatchObject({ status: 404 });
});

async function isFound(workflowId: string, wanted: boolean): Promise<boolean> {
  const { totalHits } = await client.workflow.search({ query: `workflowId='${workflowId}'` });
  return (totalHits === 1) === wanted;
}
