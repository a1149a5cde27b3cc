import { expect, test } from 'vitest';
import { client, finish, polled, unique } from '../../src/contract.ts';
import { started, twoTasks } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

test('a workflow that has just begun', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name, { input: { x: 1 } });
  const workflow = await client.workflow.get({ workflowId });
  expect(workflow).toEqual({
    workflowId,
    workflowName: name,
    workflowVersion: 1,
    status: 'RUNNING',
    ownerApp: '',
    createTime: expect.any(Number) as number,
    updateTime: expect.any(Number) as number,
    startTime: workflow.createTime,
    endTime: 0,
    lastRetriedTime: 0,
    priority: 0,
    input: { x: 1 },
    output: {},
    variables: {},
    taskToDomain: {},
    failedReferenceTaskNames: [],
    failedTaskNames: [],
    history: [],
    rateLimited: false,
    tasks: [expect.objectContaining({ taskType: type, referenceTaskName: 'a', status: 'SCHEDULED' }) as object],
    workflowDefinition: expect.objectContaining({ name, version: 1 }) as object,
  });
  expect(workflow.workflowDefinition?.tasks?.map((step) => step.taskDefinition?.name)).toEqual([type, type]);
});

test('a workflow that is complete: its output is what the last task gave', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await finish(await polled(type), { outputData: { first: 1 } });
  await finish(await polled(type), { outputData: { last: 2 } });
  const workflow = await client.workflow.get({ workflowId });
  expect(workflow).toMatchObject({
    status: 'COMPLETED',
    output: { last: 2 },
    tasks: [
      { referenceTaskName: 'a', status: 'COMPLETED', seq: 1, executed: true, outputData: { first: 1 } },
      { referenceTaskName: 'b', status: 'COMPLETED', seq: 2, outputData: { last: 2 } },
    ],
  });
  expect(workflow.endTime).toBeGreaterThanOrEqual(workflow.startTime ?? Infinity);
});

test('its tasks may be left out', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  expect((await client.workflow.get({ workflowId, includeTasks: false })).tasks).toEqual([]);
});

test('the status alone, and with what else was asked for', async () => {
  const { name } = await twoTasks();
  const workflowId = await started(name);
  expect(await client.workflow.getStatus({ workflowId })).toEqual({ workflowId, status: 'RUNNING' });
  const named = await started(name, { correlationId: 'c' });
  expect(await client.workflow.getStatus({ workflowId: named, includeOutput: true, includeVariables: true })).toEqual({
    workflowId: named,
    correlationId: 'c',
    status: 'RUNNING',
    output: {},
    variables: {},
  });
});

test('the tasks of a workflow come by page and by status', async () => {
  const { name, type } = await twoTasks();
  const workflowId = await started(name);
  await finish(await polled(type));
  const page = async (more: object): Promise<unknown> => {
    const { totalHits, results } = await client.workflow.getTasks({ workflowId, ...more });
    return [totalHits, results.map((task) => task.referenceTaskName)];
  };
  expect(await page({})).toEqual([2, ['a', 'b']]);
  expect(await page({ count: 1 })).toEqual([2, ['a']]);
  expect(await page({ count: 0 })).toEqual([2, []]);
  expect(await page({ start: 1, count: 5 })).toEqual([2, ['b']]);
  expect(await page({ start: 5, count: 5 })).toEqual([2, []]);
  expect(await page({ status: ['SCHEDULED'] })).toEqual([1, ['b']]);
  expect(await page({ status: ['COMPLETED', 'FAILED'] })).toEqual([1, ['a']]);
  expect(await page({ status: ['NOPE'] })).toEqual([0, []]);
});

test('an unknown id is refused', async () => {
  const nope = unique('nope');
  const unknown = refusal(404, `No such workflow found by id: ${nope}`);
  expect(await refused(`GET /api/workflow/${nope}`)).toEqual(unknown);
  expect(await refused(`GET /api/workflow/${nope}/status`)).toEqual(unknown);
  expect(await refused(`GET /api/workflow/${nope}/tasks`)).toEqual(unknown);
});

test('a flag that is none is a 500', async () => {
  expect(await refused('GET /api/workflow/any?includeTasks=x')).toEqual(
    refusal(500, begins("Method parameter 'includeTasks': Failed to convert value of type 'java.lang.String'")),
  );
});
