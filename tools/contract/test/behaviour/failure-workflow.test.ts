import { expect, test } from 'vitest';
import { client, polled, unique } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { execution, fail, workType } from '../../src/work.ts';

async function withFailureWorkflow(): Promise<{ name: string; handler: string; type: string }> {
  const type = await workType();
  const handler = await registered([simple(type, 'clean', { inputParameters: { all: '${workflow.input}' } })]);
  const outputParameters = { o: '${workflow.input.x}' };
  return { type, handler, name: await registered([simple(type, 'a')], { failureWorkflow: handler, outputParameters }) };
}

test('a workflow that fails starts its failure workflow, with the whole story and its own input', async () => {
  const { name, handler, type } = await withFailureWorkflow();
  const id = await started(name, { input: { x: 1 }, correlationId: 'c1' });
  const { taskId } = await fail(type, { reasonForIncompletion: 'boom' });
  const failed = await execution(id);
  const clean = await polled(type);
  expect(failed).toMatchObject({
    status: 'FAILED',
    output: { o: 1, 'conductor.failure_workflow': clean.workflowInstanceId },
  });
  expect(clean).toMatchObject({ workflowType: handler, correlationId: 'c1' });
  const story = {
    x: 1,
    workflowId: id,
    reason: `Task ${taskId} failed with status: FAILED and reason: 'boom'`,
    failureStatus: 'FAILED',
    failureTaskId: taskId,
    failedWorkflow: {
      workflowId: id,
      workflowName: name,
      status: 'FAILED',
      input: { x: 1 },
      output: { o: 1 },
      failedReferenceTaskNames: ['a'],
      tasks: [{ taskId, referenceTaskName: 'a', status: 'FAILED', reasonForIncompletion: 'boom' }],
    },
  };
  expect(clean.inputData['all']).toMatchObject(story);
  expect((await execution(clean.workflowInstanceId)).parentWorkflowId).toBeUndefined();
});

test('a workflow that a caller terminates does not', async () => {
  const { name, type } = await withFailureWorkflow();
  const id = await started(name, { input: { x: 1 } });
  await polled(type);
  await client.workflow.terminate({ workflowId: id, reason: 'enough' });
  expect((await execution(id)).output).toEqual({ o: 1 });
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
});

test('a failure workflow that is not there is named in the output', async () => {
  const type = await workType();
  const failureWorkflow = unique('nope');
  const id = await started(await registered([simple(type, 'a')], { failureWorkflow }));
  await fail(type);
  expect((await execution(id)).output).toEqual({
    'conductor.failure_workflow': `Error workflow ${failureWorkflow} failed to start.  reason: No such workflow defined. name=${failureWorkflow}, version=null`,
  });
});
