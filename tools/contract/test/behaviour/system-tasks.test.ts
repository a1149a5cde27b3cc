import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, inStatus, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, outline, taskOf, workType } from '../../src/work.ts';

function step(type: string, taskReferenceName: string, more: Partial<WorkflowTask> = {}): WorkflowTask {
  return { name: `${type.toLowerCase()}_step`, taskReferenceName, type, ...more };
}

const set = (taskReferenceName: string, inputParameters: Record<string, unknown>): WorkflowTask =>
  step('SET_VARIABLE', taskReferenceName, { inputParameters });

test('SET_VARIABLE makes its input variables of the workflow', async () => {
  const type = await workType();
  const name = await registered(
    [
      set('s', { who: '${workflow.input.who}', n: 1, none: null }),
      set('s2', { n: 2, copy: '${workflow.variables.who}' }),
      simple(type, 'a', { inputParameters: { seen: '${workflow.variables}' } }),
    ],
    { variables: { who: 'nobody', kept: true }, outputParameters: { who: '${workflow.variables.who}' } },
  );
  const id = await started(name, { input: { who: 'me' } });
  const variables = { who: 'me', n: 2, none: null, copy: 'me', kept: true };
  expect((await polled(type)).inputData).toEqual({ seen: variables });
  const workflow = await execution(id);
  expect(workflow.variables).toEqual(variables);
  expect(taskOf(workflow, 's')).toMatchObject({
    status: 'COMPLETED',
    outputData: {},
    taskDefName: 'set_variable_step',
  });
  await client.task.updateByRef({ workflowId: id, taskRefName: 'a', status: 'COMPLETED' });
  expect((await execution(id)).output).toEqual({ who: 'me' });
});

test.each([
  ['COMPLETED', { terminationReason: 'enough' }, 'enough'],
  ['FAILED', { terminationReason: 'because' }, 'because'],
  ['TERMINATED', { terminationReason: '' }, undefined],
])('TERMINATE ends the workflow as %s, with its reason and output', async (terminationStatus, more, reason) => {
  const end = step('TERMINATE', 't', {
    inputParameters: { terminationStatus, workflowOutput: { x: '${workflow.input.x}' }, ...more },
  });
  const id = await started(await registered([end, simple('never', 'a')], { outputParameters: { o: 1 } }), {
    input: { x: 1 },
  });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['t COMPLETED']);
  expect(workflow).toMatchObject({
    status: terminationStatus,
    output: { x: 1 },
    reasonForIncompletion:
      reason ?? `Workflow is ${terminationStatus} by TERMINATE task: ${taskOf(workflow, 't').taskId}`,
  });
});

test.each([
  ['a text', 'text', { output: 'text' }],
  ['a list', [1], { output: [1] }],
  ['nothing', undefined, {}],
])('the output of a TERMINATE may be %s', async (_what, workflowOutput, output) => {
  const end = step('TERMINATE', 't', { inputParameters: { terminationStatus: 'COMPLETED', workflowOutput } });
  expect((await execution(await started(await registered([end])))).output).toEqual(output);
});

test('a TERMINATE in one branch of a fork cancels the others', async () => {
  const fork = step('FORK_JOIN', 'f', {
    forkTasks: [
      [simple('never', 'a')],
      [step('TERMINATE', 't', { inputParameters: { terminationStatus: 'COMPLETED' } })],
    ],
  });
  const workflow = await execution(await started(await registered([fork, step('JOIN', 'j', { joinOn: ['a', 't'] })])));
  expect(workflow.status).toBe('COMPLETED');
  expect(outline(workflow)).toEqual(['f COMPLETED', 'a CANCELED', 't COMPLETED', 'j CANCELED']);
});

test('NOOP and EVENT are done at once, and the event names its workflow', async () => {
  const event = step('EVENT', 'e', { sink: 'conductor', inputParameters: { a: 1 } });
  const name = await registered([step('NOOP', 'n'), event]);
  const id = await started(name);
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['n COMPLETED', 'e COMPLETED']);
  const inputData = { a: 1, sink: 'conductor', asyncComplete: false };
  expect(taskOf(workflow, 'e')).toMatchObject({
    inputData,
    outputData: {
      ...inputData,
      event_produced: `conductor:${name}:e`,
      workflowInstanceId: id,
      workflowType: name,
      workflowVersion: 1,
      correlationId: null,
      taskToDomain: {},
    },
  });
});

test('an EVENT that is to be completed later stays open', async () => {
  const event = step('EVENT', 'e', { sink: 'conductor:mine', asyncComplete: true });
  const name = await registered([event]);
  const id = await started(name);
  expect(taskOf(await execution(id), 'e')).toMatchObject({
    status: 'IN_PROGRESS',
    outputData: { event_produced: `conductor:${name}:mine` },
  });
  await client.task.updateByRef({ workflowId: id, taskRefName: 'e', status: 'COMPLETED' });
  expect((await execution(id)).status).toBe('COMPLETED');
});

test('START_WORKFLOW starts another workflow, and does not wait for it', async () => {
  const type = await workType();
  const other = await registered([simple(type, 'a', { inputParameters: { x: '${workflow.input.x}' } })]);
  const startWorkflow = { name: other, version: 1, input: { x: 1 }, correlationId: 'c1' };
  const id = await started(await registered([step('START_WORKFLOW', 's', { inputParameters: { startWorkflow } })]));
  const { output } = await inStatus(id, 'COMPLETED');
  const task = await complete(type);
  expect(task).toMatchObject({ inputData: { x: 1 }, correlationId: 'c1', workflowInstanceId: output?.['workflowId'] });
  expect((await execution(task.workflowInstanceId)).parentWorkflowId).toBeUndefined();
});

test('a START_WORKFLOW of what is not there fails', async () => {
  const inputParameters = { startWorkflow: { name: 'nope' } };
  const id = await started(await registered([step('START_WORKFLOW', 's', { inputParameters })]));
  expect(taskOf(await inStatus(id, 'FAILED'), 's')).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: 'No such workflow defined. name=nope, version=null',
  });
});
