import { expect, test } from 'vitest';
import { client, unique } from '../../src/contract.ts';
import { ended, started, twoTasks } from '../../src/given.ts';

test('each id succeeds or fails on its own', async () => {
  const { name } = await twoTasks();
  const [id, nope] = [await started(name), unique('nope')];
  const unknown = { [nope]: `No such workflow found by id: ${nope}` };
  expect(await client.bulk.pause({ body: [id, nope] })).toEqual({
    bulkErrorResults: unknown,
    bulkSuccessfulResults: [id],
  });
  expect(await client.workflow.getStatus({ workflowId: id })).toMatchObject({ status: 'PAUSED' });
  expect(await client.bulk.resume({ body: [nope, id] })).toEqual({
    bulkErrorResults: unknown,
    bulkSuccessfulResults: [id],
  });
  expect(await client.bulk.terminate({ body: [id, nope], reason: 'enough' })).toEqual({
    bulkErrorResults: unknown,
    bulkSuccessfulResults: [id],
  });
  expect(await client.workflow.get({ workflowId: id })).toMatchObject({ reasonForIncompletion: 'enough' });
});

test('what is refused is refused in the words of the single call', async () => {
  const { name } = await twoTasks();
  const [runs, over] = [await started(name), await ended(name)];
  const errors = async (call: Promise<{ bulkErrorResults: Record<string, string> }>): Promise<unknown> =>
    Object.values((await call).bulkErrorResults);
  const label = `${name}.1/${runs}`;
  expect(await errors(client.bulk.restart({ body: [runs] }))).toEqual([
    `Workflow: ${label}.RUNNING is not in terminal state, unable to restart.`,
  ]);
  expect(await errors(client.bulk.retry({ body: [runs] }))).toEqual(['Workflow is still running.  status=RUNNING']);
  expect(await errors(client.bulk.remove({ body: [runs] }))).toEqual([
    `Cannot archive workflow: ${runs} with status: RUNNING`,
  ]);
  expect(await errors(client.bulk.pause({ body: [over] }))).toEqual([
    `Workflow ${name}.1/${over} has ended, status cannot be updated.`,
  ]);
});

test('ended ones are retried and restarted', async () => {
  const { name } = await twoTasks();
  const id = await ended(name);
  expect((await client.bulk.retry({ body: [id] })).bulkSuccessfulResults).toEqual([id]);
  await client.workflow.terminate({ workflowId: id });
  expect((await client.bulk.restart({ body: [id], useLatestDefinitions: true })).bulkSuccessfulResults).toEqual([id]);
  expect(await client.workflow.getStatus({ workflowId: id })).toMatchObject({ status: 'RUNNING' });
});

test('removed ones are gone, and an id that was terminated and removed is named twice', async () => {
  const { name } = await twoTasks();
  const [over, runs] = [await ended(name), await started(name)];
  expect((await client.bulk.remove({ body: [over] })).bulkSuccessfulResults).toEqual([over]);
  expect((await client.bulk.terminateAndRemove({ body: [runs], reason: 'x' })).bulkSuccessfulResults).toEqual([
    runs,
    runs,
  ]);
  const { bulkErrorResults } = await client.bulk.search({ body: [over, runs] });
  expect(Object.keys(bulkErrorResults).toSorted()).toEqual([over, runs].toSorted());
});

test('a search gives executions in the form that they have inside the server', async () => {
  const { name, type } = await twoTasks();
  const id = await started(name, { input: { x: 1 } });
  await client.workflow.pause({ workflowId: id });
  const [model] = (await client.bulk.search({ body: [id] })).bulkSuccessfulResults;
  expect(model).toMatchObject({
    workflowId: id,
    workflowName: name,
    status: 'PAUSED',
    previousStatus: 'RUNNING',
    input: { x: 1 },
    updatedTime: expect.any(Number) as number,
    tasks: [{ taskType: type, referenceTaskName: 'a', status: 'SCHEDULED', waitTimeout: 0, callbackAfterMs: 0 }],
  });
  for (const name of ['startTime', 'updateTime', 'history', 'rateLimited', 'failedTaskNames'])
    expect(model, name).not.toHaveProperty(name);
  expect(model?.tasks?.[0]).not.toHaveProperty('executionMetadata');
  const [bare] = (await client.bulk.search({ body: [id], includeTasks: false })).bulkSuccessfulResults;
  expect(bare?.tasks).toEqual([]);
});
