import { expect, test } from 'vitest';
import { client, finish, polled, unique } from '../../src/contract.ts';
import { api, ended, started, twoTasks } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

const NOTHING = { status: 200, type: null, length: '0', json: undefined };

test('a skipped task is passed over when the workflow gets there', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  expect(await api('PUT', `/workflow/${workflowId}/skiptask/b`)).toEqual(NOTHING);
  const { tasks } = await client.workflow.get({ workflowId });
  expect(tasks.map(({ referenceTaskName, status, seq }) => [referenceTaskName, status, seq])).toEqual([
    ['b', 'SKIPPED', 0],
    ['a', 'SCHEDULED', 1],
  ]);
  // It never was with the part of the server that fills in what the definition says.
  expect(tasks[0]).toMatchObject({ taskDefinition: null, startTime: 0, updateTime: 0, responseTimeoutSeconds: 0 });
  expect(tasks[0]).not.toHaveProperty('workflowType');
  await finish(await polled(type));
  expect(await client.workflow.getStatus({ workflowId })).toMatchObject({ status: 'COMPLETED' });
});

test('what comes with a skip in its body is ignored', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  await client.workflow.skipTask({ workflowId, taskReferenceName: 'b', body: { taskOutput: { y: 2 } } });
  const { tasks } = await client.workflow.get({ workflowId });
  expect(tasks[0]).toMatchObject({ status: 'SKIPPED', outputData: {} });
});

test('a task that has begun, one that is not there, and one of an ended workflow are not skipped', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  expect(await refused(`PUT /api/workflow/${workflowId}/skiptask/a`)).toEqual(
    refusal(500, 'The task referenced a has already been processed, cannot be skipped'),
  );
  expect(await refused(`PUT /api/workflow/${workflowId}/skiptask/zz`)).toEqual(
    refusal(500, `The task referenced by zz does not exist in the WorkflowDefinition ${name}`),
  );
  await client.workflow.terminate({ workflowId });
  expect(await refused(`PUT /api/workflow/${workflowId}/skiptask/b`)).toEqual(
    refusal(500, `The workflow ${workflowId} is not running so the task referenced by b cannot be skipped`),
  );
});

test('a decision may be asked for at any time, also when all is over', async () => {
  const { name } = await twoTasks();
  expect(await api('PUT', `/workflow/decide/${await started(name)}`)).toEqual(NOTHING);
  await client.workflow.decide({ workflowId: await ended(name) });
});

test('a task that was handed back for a while can be had at once after a reset', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await finish(await polled(type), { status: 'IN_PROGRESS', callbackAfterSeconds: 600 });
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
  await client.workflow.resetCallbacks({ workflowId });
  expect(await polled(type)).toMatchObject({ workflowInstanceId: workflowId, pollCount: 2 });
});

test('callbacks of an ended workflow are not reset', async () => {
  const { name } = await twoTasks();
  expect(await refused(`POST /api/workflow/${await ended(name)}/resetcallbacks`)).toEqual(
    refusal(409, begins('Workflow is in terminal state. Status =')),
  );
});

test.each([
  'PUT pause',
  'PUT resume',
  'PUT skiptask/a',
  'POST retry',
  'POST restart',
  'POST rerun',
  'POST resetcallbacks',
  'DELETE remove',
  'DELETE terminate-remove',
])('%s of an unknown workflow is a 404', async (request) => {
  const [method = '', verb = ''] = request.split(' ');
  const nope = unique('nope');
  const body = verb === 'rerun' ? {} : undefined;
  expect(await refused(`${method} /api/workflow/${nope}/${verb}`, body)).toEqual(
    refusal(404, `No such workflow found by id: ${nope}`),
  );
});

test.each(['DELETE /api/workflow/nope', 'PUT /api/workflow/decide/nope'])('%s is a 404', async (request) => {
  expect(await refused(request)).toEqual(refusal(404, 'No such workflow found by id: nope'));
});
