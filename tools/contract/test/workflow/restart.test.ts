import { expect, test } from 'vitest';
import { client, finish, polled, unique } from '../../src/contract.ts';
import { api, definition, ended, registered, simple, started, twoTasks } from '../../src/given.ts';
import { refusal, refused } from '../../src/refusals.ts';

test('a restart begins anew under the same id, whatever the end was', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name, { input: { x: 1 } });
  await finish(await polled(type), { outputData: { y: 1 } });
  await finish(await polled(type), { outputData: { z: 1 } });
  expect(await api('POST', `/workflow/${workflowId}/restart`)).toEqual({
    status: 204,
    type: null,
    length: null,
    json: undefined,
  });
  const workflow = await client.workflow.get({ workflowId });
  expect(workflow).toMatchObject({ status: 'RUNNING', input: { x: 1 }, endTime: 0, lastRetriedTime: 0, output: {} });
  expect(workflow.tasks).toMatchObject([{ referenceTaskName: 'a', status: 'SCHEDULED', retryCount: 0, seq: 1 }]);
});

test('variables survive a restart', async () => {
  const type = unique('task');
  const set = { name: 'v', taskReferenceName: 'v', type: 'SET_VARIABLE', inputParameters: { k: 1 } };
  const workflowId = await started(await registered([simple(type, 'a'), set, simple(type, 'b')]));
  await finish(await polled(type));
  await client.workflow.terminate({ workflowId });
  await client.workflow.restart({ workflowId });
  expect(await client.workflow.get({ workflowId })).toMatchObject({ variables: { k: 1 }, tasks: [{ seq: 1 }] });
});

test('it keeps its definition, or takes the latest one', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await ended(name);
  await client.metadata.registerWorkflowDef({ body: definition(name, [simple(type, 'new')], { version: 2 }) });
  await client.workflow.restart({ workflowId });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    workflowVersion: 1,
    tasks: [{ referenceTaskName: 'a' }],
  });
  await client.workflow.terminate({ workflowId });
  await client.workflow.restart({ workflowId, useLatestDefinitions: true });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    workflowVersion: 2,
    tasks: [{ referenceTaskName: 'new' }],
  });
});

test('what runs cannot be restarted', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  expect(await refused(`POST /api/workflow/${workflowId}/restart`)).toEqual(
    refusal(409, `Workflow: ${name}.1/${workflowId}.RUNNING is not in terminal state, unable to restart.`),
  );
});

test('what is not restartable ends with its first completion', async () => {
  const type = unique('task');
  const name = await registered([simple(type, 'a')], { restartable: false });
  const workflowId = await started(name);
  await finish(await polled(type));
  expect(await refused(`POST /api/workflow/${workflowId}/restart`)).toEqual(
    refusal(404, `Workflow: ${name}.1/${workflowId}.COMPLETED is non-restartable`),
  );
});
