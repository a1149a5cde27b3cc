import { expect, test } from 'vitest';
import { client, finish, polled, unique } from '../../src/contract.ts';
import { definition, registered, twoTasks } from '../../src/given.ts';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';

const set = {
  name: 'v',
  taskReferenceName: 'v',
  type: 'SET_VARIABLE',
  inputParameters: { who: '${workflow.input.x}' },
};
const wait = { name: 'w', taskReferenceName: 'w', type: 'WAIT', inputParameters: { in: 1 } };

test('a workflow that can run through is complete in the answer', async () => {
  const name = await registered([set], { outputParameters: { o: '${workflow.variables.who}' } });
  const body = { name, version: 1, input: { x: 1 }, correlationId: 'c', priority: 2 };
  const answer = await client.workflow.execute({ name, version: 1, requestId: 'r', body });
  expect(answer).toEqual({
    responseType: 'TARGET_WORKFLOW',
    targetWorkflowId: answer.workflowId,
    targetWorkflowStatus: 'COMPLETED',
    requestId: 'r',
    workflowId: expect.any(String) as string,
    correlationId: 'c',
    input: { x: 1 },
    output: { o: 1 },
    signalTimeout: false,
    priority: 2,
    variables: { who: 1 },
    tasks: [expect.objectContaining({ referenceTaskName: 'v', status: 'COMPLETED' }) as object],
    createTime: expect.any(Number) as number,
    updateTime: expect.any(Number) as number,
    status: 'COMPLETED',
  });
});

test('without a request id the server makes one; version 0 is the latest; the path wins over the body', async () => {
  const name = await registered([set]);
  await client.metadata.registerWorkflowDef({ body: definition(name, [set], { version: 2 }) });
  const { requestId, workflowId = '' } = await client.workflow.execute({ name, version: 0, body: { name: 'another' } });
  expect(requestId).toMatch(/^[\da-f-]{36}$/);
  expect(await client.workflow.get({ workflowId })).toMatchObject({ workflowName: name, workflowVersion: 2 });
});

test('when the time is over it says so, and the workflow goes on', async () => {
  const { name } = await twoTasks();
  const answer = await client.workflow.execute({ name, version: 1, waitForSeconds: 1, body: { name } });
  expect(answer).toMatchObject({
    targetWorkflowStatus: 'RUNNING',
    signalTimeout: true,
    tasks: [{ status: 'SCHEDULED' }],
  });
});

test('the wait ends with the task it was for', async () => {
  const { name, type } = await twoTasks();
  const waiting = client.workflow.execute({
    name,
    version: 1,
    waitForSeconds: 20,
    waitUntilTaskRef: 'a',
    body: { name },
  });
  await finish(await polled(type), { outputData: { y: 1 } });
  const { signalTimeout, status, tasks = [] } = await waiting;
  expect([signalTimeout, status, tasks[0]?.status]).toEqual([false, 'RUNNING', 'COMPLETED']);
});

test('a failure is no error of the call', async () => {
  const { name, type } = await twoTasks();
  const waiting = client.workflow.execute({ name, version: 1, waitForSeconds: 20, body: { name } });
  await finish(await polled(type), { status: 'FAILED', reasonForIncompletion: 'boom' });
  expect(await waiting).toMatchObject({ targetWorkflowStatus: 'FAILED', signalTimeout: false });
});

test('a WAIT holds the workflow, which ends the wait at once', async () => {
  const name = await registered([wait]);
  const target = await client.workflow.execute({ name, version: 1, waitForSeconds: 30, body: { name } });
  expect(target).toMatchObject({ signalTimeout: false, status: 'RUNNING', tasks: [{ taskType: 'WAIT' }] });
  for (const returnStrategy of ['BLOCKING_TASK', 'BLOCKING_TASK_INPUT'] as const) {
    const task = await client.workflow.execute({ name, version: 1, returnStrategy, body: { name } });
    expect(task).toMatchObject({
      responseType: returnStrategy,
      taskType: 'WAIT',
      referenceTaskName: 'w',
      workflowId: task.targetWorkflowId,
      workflowType: name,
      input: { in: 1 },
      status: 'IN_PROGRESS',
      retryCount: 0,
    });
    expect(task).not.toHaveProperty('tasks');
  }
});

test('what blocks may be in a child', async () => {
  const child = await registered([wait]);
  const name = await registered([
    { name: 's', taskReferenceName: 's', type: 'SUB_WORKFLOW', subWorkflowParam: { name: child } },
  ]);
  const answer = await client.workflow.execute({
    name,
    version: 1,
    waitForSeconds: 30,
    returnStrategy: 'BLOCKING_WORKFLOW',
    body: { name },
  });
  expect(answer).toMatchObject({
    responseType: 'BLOCKING_WORKFLOW',
    signalTimeout: false,
    tasks: [{ taskType: 'WAIT' }],
  });
  expect(answer.workflowId).not.toBe(answer.targetWorkflowId);
});

test('where nothing blocks, the server trips over the task that it was asked for', async () => {
  const name = await registered([set]);
  expect(await refused(`POST /api/workflow/execute/${name}/1?returnStrategy=BLOCKING_TASK`, {})).toEqual(
    refusal(500, begins('The mapper ')),
  );
  const { name: waiting } = await twoTasks();
  expect(
    await refused(`POST /api/workflow/execute/${waiting}/1?returnStrategy=BLOCKING_TASK&waitForSeconds=0`, {}),
  ).toEqual(refusal(500, 'value'));
});

test('what cannot be started is refused', async () => {
  const name = await registered([set]);
  const nope = unique('nope');
  expect(await refused(`POST /api/workflow/execute/${nope}/1`, {})).toEqual(
    refusal(404, `No such workflow defined. name=${nope}, version=1`),
  );
  expect(await refused(`POST /api/workflow/execute/${name}/7`, {})).toMatchObject({ status: 404 });
  expect(await refused(`POST /api/workflow/execute/${name}/1`, { priority: 100 })).toEqual(
    invalid(['startWorkflow.arg0.priority', 'priority: 100 should be maximum 99', '100']),
  );
  expect(await refused(`POST /api/workflow/execute/${name}/1?returnStrategy=NOPE`, {})).toEqual(
    refusal(500, begins("Method parameter 'returnStrategy': Failed to convert")),
  );
  expect(await refused(`POST /api/workflow/execute/${name}/x`, {})).toEqual(
    refusal(500, begins("Method parameter 'version': Failed to convert")),
  );
});
