import { expect, test } from 'vitest';
import { client, raw, unique } from '../../src/contract.ts';
import { api, registered, simple, started } from '../../src/given.ts';
import { complete, execution, taskOf, workType } from '../../src/work.ts';

const aNumber = expect.any(Number) as number;
const anObject = expect.any(Object) as object;

test('an empty queue, and one that nobody knows, is answered 204 without a body or a content type', async () => {
  for (const type of [await workType(), unique('nobody')]) {
    expect(await raw('GET', `/api/tasks/poll/${type}`)).toMatchObject({ status: 204, type: null, body: '' });
    expect(await client.task.poll({ tasktype: type })).toBeUndefined();
  }
});

test('a polled task is leased: it has these members, and no others', async () => {
  const type = await workType({ responseTimeoutSeconds: 30 });
  const name = await registered([simple(type, 'a', { inputParameters: { x: '${workflow.input.x}' } })]);
  const id = await started(name, { input: { x: [1] }, correlationId: 'c1', priority: 3 });
  const task = await client.task.poll({ tasktype: type, workerid: 'w1' });
  expect(task).toEqual({
    taskType: type,
    status: 'IN_PROGRESS',
    inputData: { x: [1] },
    referenceTaskName: 'a',
    retryCount: 0,
    seq: 1,
    correlationId: 'c1',
    pollCount: 1,
    taskDefName: type,
    scheduledTime: aNumber,
    startTime: aNumber,
    endTime: 0,
    updateTime: aNumber,
    startDelayInSeconds: 0,
    retried: false,
    executed: false,
    callbackFromWorker: true,
    responseTimeoutSeconds: 30,
    workflowInstanceId: id,
    workflowType: name,
    taskId: expect.any(String) as string,
    callbackAfterSeconds: 0,
    workerId: 'w1',
    outputData: {},
    workflowTask: anObject,
    rateLimitPerFrequency: 0,
    rateLimitFrequencyInSeconds: 1,
    workflowPriority: 3,
    iteration: 0,
    subworkflowChanged: false,
    firstStartTime: 0,
    executionMetadata: { additionalContext: {}, empty: true, additionalContextMap: {} },
    taskDefinition: anObject,
    loopOverTask: false,
    queueWaitTime: aNumber,
  });
  expect(task?.startTime).toBe((task?.scheduledTime ?? 0) + (task?.queueWaitTime ?? 0));
  expect(task?.taskDefinition).toMatchObject({ name: type, retryCount: 0, responseTimeoutSeconds: 30 });
  expect(task?.workflowTask).toMatchObject({ name: type, taskReferenceName: 'a', type: 'SIMPLE' });
});

test('before its first poll a task has no worker and no start', async () => {
  const type = await workType();
  const task = taskOf(await execution(await started(await registered([simple(type, 'a')]))), 'a');
  expect(task).toMatchObject({ status: 'SCHEDULED', startTime: 0, updateTime: 0, endTime: 0, pollCount: 0 });
  expect(task).not.toHaveProperty('workerId');
});

test('a task is handed out once, and the oldest first', async () => {
  const type = await workType();
  const name = await registered([simple(type, 'a')]);
  const first = await started(name);
  const second = await started(name);
  const poll = (): Promise<string | undefined> =>
    client.task.poll({ tasktype: type }).then((task) => task?.workflowInstanceId);
  expect([await poll(), await poll(), await poll()]).toEqual([first, second, undefined]);
});

test('a task type without a definition gets the one of the server', async () => {
  const type = unique('undefined');
  await started(await registered([simple(type, 'a')]));
  expect(await client.task.poll({ tasktype: type })).toMatchObject({
    responseTimeoutSeconds: 3600,
    taskDefinition: { name: type, retryCount: 3, retryDelaySeconds: 60, createTime: 0, updateTime: 0 },
  });
});

test('the next task is there as soon as the update of the one before has been answered', async () => {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a'), simple(type, 'b')]));
  await complete(type);
  expect(await client.task.poll({ tasktype: type })).toMatchObject({ referenceTaskName: 'b', workflowInstanceId: id });
});

test('a task of a domain is handed out in that domain only', async () => {
  const type = await workType();
  await started(await registered([simple(type, 'a')]), { taskToDomain: { [type]: 'd1' } });
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
  expect(await client.task.poll({ tasktype: type, domain: 'd2' })).toBeUndefined();
  expect(await client.task.poll({ tasktype: type, domain: 'd1' })).toMatchObject({ domain: 'd1' });
});

test('a star stands for all types of work, and of several domains the last one that nobody serves is taken', async () => {
  const type = await workType();
  const name = await registered([simple(type, 'a'), { name: 'w', taskReferenceName: 'w', type: 'WAIT' }]);
  const id = await started(name, { taskToDomain: { '*': 'd1,d2' } });
  expect(taskOf(await execution(id), 'a').domain).toBe('d2');
  const task = await client.task.poll({ tasktype: type, domain: 'd2' });
  await client.task.updateByRef({ workflowId: id, taskRefName: 'a', status: 'COMPLETED' });
  expect(task?.workflowInstanceId).toBe(id);
  expect(taskOf(await execution(id), 'w').domain).toBeUndefined();
});

test('NO_DOMAIN at the end of the list is the queue of all', async () => {
  const type = await workType();
  await started(await registered([simple(type, 'a')]), { taskToDomain: { [type]: 'unserved,NO_DOMAIN' } });
  expect((await client.task.poll({ tasktype: type }))?.domain).toBeUndefined();
});

test('a name of spaces is a name', async () => {
  expect((await api('GET', '/tasks/poll/%20')).status).toBe(204);
});
