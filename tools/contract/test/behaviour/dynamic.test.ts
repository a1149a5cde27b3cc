import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, inStatus, polled, unique } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, fail, outline, taskOf, workType } from '../../src/work.ts';

const JOIN: WorkflowTask = { name: 'meet', taskReferenceName: 'j', type: 'JOIN' };

const FORK: WorkflowTask = {
  name: 'split',
  taskReferenceName: 'f',
  type: 'FORK_JOIN_DYNAMIC',
  dynamicForkTasksParam: 'tasks',
  dynamicForkTasksInputParamName: 'inputs',
  inputParameters: { tasks: '${workflow.input.tasks}', inputs: '${workflow.input.inputs}' },
};

async function forked(input: Record<string, unknown>): Promise<string> {
  return started(await registered([FORK, JOIN]), { input });
}

test('a dynamic fork takes its branches from its input, and their inputs, laid over their parameters', async () => {
  const type = await workType();
  const tasks = [simple(type, 'd1', { inputParameters: { own: 1, q: 'low' } }), simple(type, 'd2')];
  const inputs = { d1: { q: 'high' }, d2: { q: 2 } };
  const id = await forked({ tasks, inputs });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['f COMPLETED', 'd1 SCHEDULED', 'd2 SCHEDULED', 'j IN_PROGRESS']);
  expect(taskOf(workflow, 'f')).toMatchObject({
    taskType: 'FORK',
    inputData: { tasks, inputs, forkedTasks: ['d1', 'd2'] },
  });
  expect(taskOf(workflow, 'd1').inputData).toEqual({ own: 1, q: 'high' });
  expect(taskOf(workflow, 'd2').inputData).toEqual({ q: 2 });
  expect(taskOf(workflow, 'j').inputData).toEqual({ joinOn: ['d1', 'd2'] });
  for (const ref of ['d1', 'd2'])
    await client.task.updateByRef({ workflowId: id, taskRefName: ref, status: 'COMPLETED', body: { ref } });
  expect((await inStatus(id, 'COMPLETED')).output).toEqual({ d1: { ref: 'd1' }, d2: { ref: 'd2' } });
});

test('no branches are no trouble', async () => {
  await inStatus(await forked({ tasks: [], inputs: {} }), 'COMPLETED');
});

test('one task may be run once for each input', async () => {
  const type = await workType();
  const step: WorkflowTask = {
    ...FORK,
    inputParameters: { forkTaskName: type, forkTaskInputs: [{ a: 1 }, 'text'] },
  };
  const workflow = await execution(await started(await registered([step, JOIN])));
  const refs = [`_${type}_0`, `_${type}_1`];
  expect(taskOf(workflow, 'j').inputData).toEqual({ joinOn: refs });
  expect(refs.map((ref) => taskOf(workflow, ref).inputData)).toEqual([
    { a: 1, __index: 0 },
    { input: 'text', __index: 1 },
  ]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['no list', {}, "Input 'tasks' is invalid. Cannot deserialize a list of Workflow Tasks from 'null'"],
  [
    'a text',
    { tasks: 'x', inputs: {} },
    "Input 'tasks' is invalid. Cannot deserialize a list of Workflow Tasks from 'x'",
  ],
  [
    'no tasks',
    { tasks: [{ a: 1 }], inputs: {} },
    "Input 'tasks' is invalid. Cannot deserialize a list of Workflow Tasks from '[{a=1}]'",
  ],
  [
    'no inputs',
    { tasks: [simple('x', 'd1')] },
    'Input to the dynamically forked tasks is not a map -> expecting a map of K,V  but found null',
  ],
])('a dynamic fork of %s ends its workflow', async (_what, input, reasonForIncompletion) => {
  expect(await execution(await forked(input))).toMatchObject({ status: 'FAILED', tasks: [], reasonForIncompletion });
});

function dynamic(inputParameters: Record<string, unknown>): WorkflowTask {
  return {
    name: unique('dyn'),
    taskReferenceName: 'd',
    type: 'DYNAMIC',
    dynamicTaskNameParam: 'which',
    inputParameters,
  };
}

test('a DYNAMIC task runs as the type that its input names', async () => {
  const type = await workType();
  const id = await started(await registered([dynamic({ which: '${workflow.input.which}', v: 1 })]), {
    input: { which: type },
  });
  const task = await polled(type);
  expect(task).toMatchObject({
    taskType: type,
    taskDefName: type,
    referenceTaskName: 'd',
    inputData: { which: type, v: 1 },
  });
  await client.task.update({ body: { taskId: task.taskId, workflowInstanceId: id, status: 'COMPLETED' } });
  expect((await execution(id)).status).toBe('COMPLETED');
});

test('it knows nothing of the retries and timeouts of that type', async () => {
  const type = await workType({ retryCount: 5, responseTimeoutSeconds: 30 });
  const id = await started(await registered([dynamic({ which: type })]));
  expect(await fail(type)).toMatchObject({ responseTimeoutSeconds: 0 });
  expect((await execution(id)).status).toBe('FAILED');
});

test('one that nothing chooses ends its workflow', async () => {
  expect(await execution(await started(await registered([dynamic({ which: null })])))).toMatchObject({
    status: 'FAILED',
    tasks: [],
    reasonForIncompletion:
      'Cannot map a dynamic task based on the parameter and input. Parameter= which, input= {which=null}',
  });
});

test('a task type that nobody defined can be chosen as well', async () => {
  const type = unique('undefined');
  const id = await started(await registered([dynamic({ which: type })]));
  await complete(type);
  expect((await execution(id)).status).toBe('COMPLETED');
});
