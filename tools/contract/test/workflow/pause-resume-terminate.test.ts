import { expect, test } from 'vitest';
import { client, finish, polled } from '../../src/contract.ts';
import { api, ended, started, twoTasks } from '../../src/given.ts';
import { refusal, refused } from '../../src/refusals.ts';

const NOTHING = { status: 200, type: null, length: '0', json: undefined };

test('a paused workflow still hands out what is queued, and goes on when it is resumed', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await client.workflow.pause({ workflowId });
  await finish(await polled(type));
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'PAUSED',
    tasks: [{ referenceTaskName: 'a', status: 'COMPLETED' }],
  });
  await client.workflow.resume({ workflowId });
  const resumed = await client.workflow.get({ workflowId });
  expect(resumed).toMatchObject({ status: 'RUNNING', tasks: [{}, { referenceTaskName: 'b', status: 'SCHEDULED' }] });
  expect(resumed.lastRetriedTime, 'a resume counts as a retry').toBeGreaterThan(0);
});

test('a pause may be repeated, a resume may not', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  for (const verb of ['pause', 'pause', 'resume'])
    expect(await api('PUT', `/workflow/${workflowId}/${verb}`)).toEqual(NOTHING);
  expect(await refused(`PUT /api/workflow/${workflowId}/resume`)).toEqual(
    refusal(500, `The workflow ${workflowId} is not PAUSED so cannot resume. Current status is RUNNING`),
  );
});

test('a workflow that has ended is neither paused nor resumed', async () => {
  const { name } = await twoTasks();
  const workflowId = await ended(name);
  expect(await refused(`PUT /api/workflow/${workflowId}/pause`)).toEqual(
    refusal(409, `Workflow ${name}.1/${workflowId} has ended, status cannot be updated.`),
  );
  expect(await refused(`PUT /api/workflow/${workflowId}/resume`)).toEqual(
    refusal(500, `The workflow ${workflowId} is not PAUSED so cannot resume. Current status is TERMINATED`),
  );
});

test('a termination cancels the open tasks and says why', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  expect(await api('DELETE', `/workflow/${workflowId}?reason=enough`)).toEqual(NOTHING);
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'TERMINATED',
    reasonForIncompletion: 'enough',
    endTime: expect.any(Number) as number,
    tasks: [{ status: 'CANCELED' }],
  });
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
});

test('a termination may be repeated, and the first reason stays', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  await client.workflow.terminate({ workflowId, reason: 'first' });
  await client.workflow.terminate({ workflowId, reason: 'second' });
  expect((await client.workflow.get({ workflowId })).reasonForIncompletion).toBe('first');
});

test('a failed workflow can still be terminated', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await finish(await polled(type), { status: 'FAILED', reasonForIncompletion: 'boom' });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: expect.stringMatching(/^Task .* failed with status: FAILED and reason: 'boom'$/) as string,
  });
  await client.workflow.terminate({ workflowId, reason: 'late' });
  expect(await client.workflow.get({ workflowId })).toMatchObject({
    status: 'TERMINATED',
    reasonForIncompletion: 'late',
    failedReferenceTaskNames: ['a'],
    failedTaskNames: [type],
  });
});

test('a completed workflow cannot be terminated', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await finish(await polled(type));
  await finish(await polled(type));
  const message = 'Cannot terminate a COMPLETED workflow.';
  expect(await refused(`DELETE /api/workflow/${workflowId}`)).toEqual(refusal(409, message));
  expect(await refused(`DELETE /api/workflow/${workflowId}/terminate-remove`)).toEqual(refusal(409, message));
});
