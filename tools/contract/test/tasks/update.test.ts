import { expect, test } from 'vitest';
import { client, inStatus, polled } from '../../src/contract.ts';
import { api, registered, simple, started } from '../../src/given.ts';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';
import { complete, execution, outline, taskOf, workType } from '../../src/work.ts';

async function leased(): Promise<{ id: string; type: string; taskId: string }> {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a'), simple(type, 'b')]));
  const { taskId } = await polled(type);
  return { id, type, taskId };
}

test('a report is answered with the id of the task, as plain text', async () => {
  const { id, taskId } = await leased();
  const body = { workflowInstanceId: id, taskId, status: 'COMPLETED', outputData: { y: 1 } };
  expect(await api('POST', '/tasks', body)).toEqual({
    status: 200,
    type: 'text/plain;charset=UTF-8',
    length: '36',
    json: taskId,
  });
  expect(await client.task.get({ taskId })).toMatchObject({ status: 'COMPLETED', outputData: { y: 1 } });
});

test('a completed task keeps what was reported, nulls too, and its workflow goes on', async () => {
  const { id, taskId } = await leased();
  const output = { n: null, list: [1, { deep: null }], text: 'ü' };
  await client.task.update({
    body: {
      taskId,
      workflowInstanceId: id,
      status: 'COMPLETED',
      outputData: output,
      workerId: 'w9',
      reasonForIncompletion: 'none',
    },
  });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['a COMPLETED', 'b SCHEDULED']);
  const task = taskOf(workflow, 'a');
  expect(task).toMatchObject({
    outputData: output,
    workerId: 'w9',
    reasonForIncompletion: 'none',
    executed: true,
    retried: false,
  });
  expect(task.endTime).toBeGreaterThanOrEqual(task.startTime ?? 0);
});

test('what a report leaves out is gone from the task', async () => {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a')]));
  await client.task.poll({ tasktype: type, workerid: 'w1' });
  const { taskId, workerId } = taskOf(await execution(id), 'a');
  expect(workerId).toBe('w1');
  await client.task.update({ body: { taskId, workflowInstanceId: id, status: 'COMPLETED' } });
  expect(taskOf(await execution(id), 'a').workerId).toBeUndefined();
});

test('FAILED without retries fails the workflow in the same call', async () => {
  const { id, taskId } = await leased();
  await client.task.update({
    body: { taskId, workflowInstanceId: id, status: 'FAILED', reasonForIncompletion: 'boom', outputData: { e: 1 } },
  });
  expect(await execution(id)).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: `Task ${taskId} failed with status: FAILED and reason: 'boom'`,
    output: { e: 1 },
    failedReferenceTaskNames: ['a'],
  });
});

test('a report on a task that has ended is accepted and ignored, whatever it says', async () => {
  const { id, taskId } = await leased();
  const late = { taskId, workflowInstanceId: id };
  await client.task.update({ body: { ...late, status: 'COMPLETED', outputData: { y: 1 } } });
  const before = await client.task.get({ taskId });
  expect(
    await client.task.update({ body: { ...late, status: 'FAILED', outputData: { y: 2 }, logs: [{ log: 'late' }] } }),
  ).toBe(taskId);
  expect(await client.task.get({ taskId })).toEqual(before);
  expect(await client.task.getLogs({ taskId })).toEqual([]);
  expect(outline(await execution(id))).toEqual(['a COMPLETED', 'b SCHEDULED']);
});

test('a report on a task of a terminated workflow is accepted and ignored', async () => {
  const { id, taskId } = await leased();
  await client.workflow.terminate({ workflowId: id });
  await client.task.update({ body: { taskId, workflowInstanceId: id, status: 'COMPLETED', outputData: { y: 1 } } });
  expect(await client.task.get({ taskId })).toMatchObject({ status: 'CANCELED', outputData: {} });
});

test('a task need not have been polled; then it has no start', async () => {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a')]));
  const { taskId } = taskOf(await execution(id), 'a');
  await client.task.update({ body: { taskId, workflowInstanceId: id, status: 'COMPLETED' } });
  expect(taskOf(await inStatus(id, 'COMPLETED'), 'a')).toMatchObject({ pollCount: 0, startTime: 0 });
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
});

test('log lines come with a report, and are in the order of their times', async () => {
  const { id, taskId } = await leased();
  const logs = [{ log: 'one', createdTime: 5 }, { log: 'two' }];
  await client.task.update({ body: { taskId, workflowInstanceId: id, status: 'COMPLETED', logs } });
  expect(await client.task.getLogs({ taskId })).toEqual([
    { log: 'two', createdTime: 0, taskId },
    { log: 'one', createdTime: 5, taskId },
  ]);
});

test('the workflow that a report names must be there, but the task may belong to another', async () => {
  const [mine, other] = [await leased(), await leased()];
  await client.task.update({ body: { taskId: mine.taskId, workflowInstanceId: other.id, status: 'COMPLETED' } });
  expect((await client.task.get({ taskId: mine.taskId })).status).toBe('COMPLETED');
  expect((await client.task.get({ taskId: other.taskId })).status).toBe('IN_PROGRESS');
});

test('unknown ids are a 404', async () => {
  const { id, taskId } = await leased();
  expect(await refused('POST /api/tasks', { workflowInstanceId: id, taskId: 'nope', status: 'COMPLETED' })).toEqual(
    refusal(404, 'No such task found by id: nope'),
  );
  expect(await refused('POST /api/tasks', { workflowInstanceId: 'nope', taskId, status: 'COMPLETED' })).toEqual(
    refusal(404, 'No such workflow found by id: nope'),
  );
});

test('a report must name its task and workflow', async () => {
  expect(await refused('POST /api/tasks', {})).toEqual(
    invalid(
      ['updateTask.arg0.workflowInstanceId', 'Workflow Id cannot be null or empty'],
      ['updateTask.arg0.taskId', 'Task ID cannot be null or empty'],
    ),
  );
});

test('a report without a status changes nothing and is a 500', async () => {
  const { id, taskId } = await leased();
  expect(await refused('POST /api/tasks', { workflowInstanceId: id, taskId })).toEqual(
    refusal(500, begins('Cannot invoke "com.netflix.conductor.common.metadata.tasks.TaskResult$Status.name()"')),
  );
  expect((await client.task.get({ taskId })).status).toBe('IN_PROGRESS');
});

test.each(['SCHEDULED', 'TIMED_OUT', 'SKIPPED', 'COMPLETED_WITH_ERRORS', 'completed'])(
  'a worker cannot report %s',
  async (status) => {
    const body = { workflowInstanceId: 'any', taskId: 'any', status };
    expect(await refused('POST /api/tasks', body)).toEqual(
      refusal(
        500,
        begins(
          `JSON parse error: Cannot deserialize value of type \`com.netflix.conductor.common.metadata.tasks.TaskResult$Status\` from String "${status}"`,
        ),
      ),
    );
  },
);

test.each([{ outputData: 'text' }, { outputData: [1] }, { callbackAfterSeconds: 'x' }, { logs: 'x' }])(
  'what is of the wrong type is a 500: %j',
  async (wrong) => {
    const body = { workflowInstanceId: 'any', taskId: 'any', status: 'COMPLETED', ...wrong };
    expect(await refused('POST /api/tasks', body)).toEqual(refusal(500, begins('JSON parse error: ')));
  },
);

test('the last task of a workflow completes it, and its output is that of the workflow', async () => {
  const { id, type, taskId } = await leased();
  await client.task.update({ body: { taskId, workflowInstanceId: id, status: 'COMPLETED' } });
  await complete(type, { last: true });
  const workflow = await execution(id);
  expect(workflow).toMatchObject({ status: 'COMPLETED', output: { last: true } });
  expect(taskOf(workflow, 'b').executed, 'nothing came after it').toBe(false);
  expect(workflow.endTime).toBeGreaterThan(0);
});
