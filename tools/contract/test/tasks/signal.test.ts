import type { ReturnStrategy, WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, eventually, unique } from '../../src/contract.ts';
import { api, registered, simple, started } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';
import { execution, outline } from '../../src/work.ts';

function wait(taskReferenceName: string): WorkflowTask {
  return { name: 'wait', taskReferenceName, type: 'WAIT', inputParameters: { question: taskReferenceName } };
}

const then = (): WorkflowTask => simple(unique('work'), 'z');

function child(name: string): WorkflowTask {
  return { name: 'child', taskReferenceName: 'child', type: 'SUB_WORKFLOW', subWorkflowParam: { name, version: 1 } };
}

/** A workflow whose child waits. */
async function waitingInChild(): Promise<{ id: string; childId: string }> {
  const id = await started(await registered([child(await registered([wait('w'), wait('w2')]))]));
  const childId = await eventually(async () => (await execution(id)).tasks?.[0]?.subWorkflowId);
  await eventually(async () => ((await execution(childId)).tasks ?? []).length > 0);
  return { id, childId };
}

test.concurrent('a signal completes the WAIT that holds the workflow', async () => {
  const id = await started(await registered([wait('w'), wait('w2')]));
  expect(await api('POST', `/tasks/${id}/COMPLETED/signal`, { answer: 1 })).toMatchObject({ status: 200, length: '0' });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['w COMPLETED', 'w2 IN_PROGRESS']);
  expect(workflow.tasks?.[0]?.outputData).toEqual({ answer: 1 });
});

test.concurrent('a signal that fails the WAIT fails the workflow', async () => {
  const id = await started(await registered([wait('w')]));
  await client.task.signal({ workflowId: id, status: 'FAILED' });
  expect((await execution(id)).status).toBe('FAILED');
});

test.concurrent('a signal reaches the WAIT of a child', async () => {
  const { id, childId } = await waitingInChild();
  await client.task.signal({ workflowId: id, status: 'COMPLETED', body: { answer: 1 } });
  expect(outline(await execution(childId))).toEqual(['w COMPLETED', 'w2 IN_PROGRESS']);
});

test.concurrent('a HUMAN task is not to be signalled', async () => {
  const id = await started(await registered([{ name: 'ask', taskReferenceName: 'h', type: 'HUMAN' }]));
  await client.task.signal({ workflowId: id, status: 'COMPLETED' });
  expect(outline(await execution(id))).toEqual(['h IN_PROGRESS']);
  expect(await refused(`POST /api/tasks/${id}/COMPLETED/signal/sync`, {})).toEqual(
    refusal(404, `Found no blocked task in workflow ${id} to signal`),
  );
});

test.concurrent('nothing that waits is no error to the plain form, and a 404 to the synchronous one', async () => {
  const id = await started(await registered([then()]));
  expect((await api('POST', `/tasks/${id}/COMPLETED/signal`, {})).status).toBe(200);
  expect(await refused(`POST /api/tasks/${id}/COMPLETED/signal/sync`, {})).toEqual(
    refusal(404, `Found no blocked task in workflow ${id} to signal`),
  );
});

test.concurrent('an unknown workflow is a 404, and a status that nobody reports a 500', async () => {
  for (const form of ['signal', 'signal/sync']) {
    expect(await refused(`POST /api/tasks/nope/COMPLETED/${form}`, {})).toEqual(
      refusal(404, 'No such workflow found by id: nope'),
    );
    expect(await refused(`POST /api/tasks/nope/SCHEDULED/${form}`, {})).toEqual(
      refusal(500, begins("Method parameter 'status': Failed to convert value")),
    );
  }
});

test.concurrent('the synchronous form waits for the next WAIT, and gives the workflow', async () => {
  const id = await started(await registered([wait('w'), wait('w2')]), { input: { i: 1 }, correlationId: 'c' });
  const answer = await client.task.signalSync({ workflowId: id, status: 'COMPLETED' });
  expect(answer).toMatchObject({
    responseType: 'TARGET_WORKFLOW',
    targetWorkflowId: id,
    targetWorkflowStatus: 'RUNNING',
    workflowId: id,
    correlationId: 'c',
    input: { i: 1 },
    output: {},
    signalTimeout: false,
    status: 'RUNNING',
  });
  expect(answer.tasks?.map(({ referenceTaskName }) => referenceTaskName)).toEqual(['w', 'w2']);
});

test.concurrent('the synchronous form gives the workflow that it brought to its end', async () => {
  const id = await started(await registered([wait('w')]));
  expect(await client.task.signalSync({ workflowId: id, status: 'COMPLETED', body: { x: 2 } })).toMatchObject({
    targetWorkflowStatus: 'COMPLETED',
    output: { x: 2 },
    signalTimeout: false,
  });
});

test.concurrent('where a worker comes next the wait is over after its time, and says so', async () => {
  const id = await started(await registered([wait('w'), then()]));
  expect(await client.task.signalSync({ workflowId: id, status: 'COMPLETED', timeoutMillis: 500 })).toMatchObject({
    targetWorkflowStatus: 'RUNNING',
    signalTimeout: true,
  });
});

test.concurrent('the workflow in which something waits is given when it is asked for', async () => {
  const { id, childId } = await waitingInChild();
  expect(
    await client.task.signalSync({ workflowId: id, status: 'COMPLETED', returnStrategy: 'BLOCKING_WORKFLOW' }),
  ).toMatchObject({ responseType: 'BLOCKING_WORKFLOW', targetWorkflowId: id, workflowId: childId });
});

test.concurrent.each<ReturnStrategy>(['BLOCKING_TASK', 'BLOCKING_TASK_INPUT'])(
  'the task that waits is given by %s',
  async (returnStrategy) => {
    const name = await registered([wait('w'), wait('w2')]);
    const id = await started(name, { input: { i: 1 } });
    const answer = await client.task.signalSync({ workflowId: id, status: 'COMPLETED', returnStrategy });
    expect(answer).toMatchObject({
      responseType: returnStrategy,
      targetWorkflowId: id,
      workflowId: id,
      taskType: 'WAIT',
      referenceTaskName: 'w2',
      workflowType: name,
      input: { question: 'w2' },
      status: 'IN_PROGRESS',
      signalTimeout: false,
    });
    expect(answer.taskId).toEqual(expect.any(String));
    expect(answer.tasks).toBeUndefined();
  },
);

test.concurrent('to ask for a task where none waits in the end is a 500', async () => {
  const ending = await started(await registered([wait('w')]));
  const signal = 'COMPLETED/signal/sync?timeoutMillis=300&returnStrategy=BLOCKING_TASK';
  expect(await refused(`POST /api/tasks/${ending}/${signal}`, {})).toEqual(
    refusal(500, expect.stringContaining('returned a null value.')),
  );
  const going = await started(await registered([wait('w'), then()]));
  expect(await refused(`POST /api/tasks/${going}/${signal}`, {})).toEqual(refusal(500, 'value'));
});
