import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, eventually, inStatus, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, fail, outline, taskOf, workType } from '../../src/work.ts';

function loop(loopCondition: string, ...loopOver: WorkflowTask[]): WorkflowTask {
  const inputParameters = { most: '${workflow.input.most}' };
  return { name: 'loop', taskReferenceName: 'l', type: 'DO_WHILE', loopCondition, loopOver, inputParameters };
}

test.concurrent('the body runs until the condition is false, its tasks named by their turn', async () => {
  const type = await workType();
  const body = simple(type, 'it', { inputParameters: { turn: '${l.output.iteration}', before: '${it.output.v}' } });
  const after = simple(type, 'z', { inputParameters: { loop: '${l.output}' } });
  const id = await started(await registered([loop("$.l['iteration'] < $.most", body), after]), { input: { most: 2 } });
  expect(outline(await execution(id))).toEqual(['l IN_PROGRESS', 'it__1 SCHEDULED']);
  const first = await complete(type, { v: 1 });
  expect(first).toMatchObject({ iteration: 1, loopOverTask: true, inputData: { turn: 1, before: null } });
  const second = await complete(type, { v: 2 });
  expect(second).toMatchObject({
    referenceTaskName: 'it__2',
    iteration: 2,
    inputData: { turn: 2, before: 1 },
  });
  const output = { 1: { it: { v: 1 } }, 2: { it: { v: 2 } }, iteration: 2 };
  expect((await polled(type)).inputData).toEqual({ loop: output });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['l COMPLETED', 'it__1 COMPLETED', 'it__2 COMPLETED', 'z IN_PROGRESS']);
  expect(taskOf(workflow, 'l')).toMatchObject({ outputData: output, iteration: 2, loopOverTask: true });
});

test.concurrent('the condition sees the outputs of the body', async () => {
  const type = await workType();
  const condition = "if ($.it['more']) { true; } else { false; }";
  const set: WorkflowTask = {
    name: 'set',
    taskReferenceName: 's',
    type: 'SET_VARIABLE',
    inputParameters: { last: '${it.output.more}' },
  };
  const id = await started(await registered([loop(condition, simple(type, 'it'), set)]));
  await complete(type, { more: true });
  await complete(type, { more: false });
  const workflow = await inStatus(id, 'COMPLETED');
  expect(workflow.variables).toEqual({ last: false });
  expect(outline(workflow)).toEqual([
    'l COMPLETED',
    'it__1 COMPLETED',
    's__1 COMPLETED',
    'it__2 COMPLETED',
    's__2 COMPLETED',
  ]);
});

test.concurrent('a loop of system tasks runs through', async () => {
  const add: WorkflowTask = {
    name: 'add',
    taskReferenceName: 'i',
    type: 'INLINE',
    inputParameters: { evaluatorType: 'javascript', expression: '$.turn * 10', turn: '${l.output.iteration}' },
  };
  const workflow = await inStatus(await started(await registered([loop("$.l['iteration'] < 3", add)])), 'COMPLETED');
  expect(taskOf(workflow, 'l').outputData).toEqual({
    1: { i: { result: 10 } },
    2: { i: { result: 20 } },
    3: { i: { result: 30 } },
    iteration: 3,
  });
});

test.concurrent('a task of the body is tried again within its turn', async () => {
  const type = await workType({ retryCount: 1, retryDelaySeconds: 0 });
  const id = await started(await registered([loop("$.l['iteration'] < 2", simple(type, 'it'))]));
  await fail(type);
  await complete(type, { v: 1 });
  await complete(type, { v: 2 });
  const workflow = await inStatus(id, 'COMPLETED');
  expect(outline(workflow)).toEqual(['l COMPLETED', 'it__1 FAILED', 'it__1 COMPLETED', 'it__2 COMPLETED']);
  expect(taskOf(workflow, 'l').outputData).toMatchObject({ 1: { it: { v: 1 } }, 2: { it: { v: 2 } } });
});

test.concurrent('a task of the body that fails for good takes the workflow along; a retry goes on in that turn', async () => {
  const type = await workType();
  const id = await started(await registered([loop("$.l['iteration'] < 2", simple(type, 'it'))]));
  await complete(type, { v: 1 });
  await fail(type);
  expect(outline(await inStatus(id, 'FAILED'))).toEqual(['l CANCELED', 'it__1 COMPLETED', 'it__2 FAILED']);
  await client.workflow.retry({ workflowId: id });
  await complete(type, { v: 2 });
  const workflow = await inStatus(id, 'COMPLETED');
  expect(outline(workflow)).toEqual(['l COMPLETED', 'it__1 COMPLETED', 'it__2 FAILED', 'it__2 COMPLETED']);
});

test.concurrent('a switch in the body chooses anew in each turn', async () => {
  const type = await workType();
  const choose: WorkflowTask = {
    name: 'choose',
    taskReferenceName: 'sw',
    type: 'SWITCH',
    evaluatorType: 'value-param',
    expression: 'turn',
    inputParameters: { turn: '${l.output.iteration}' },
    decisionCases: { 1: [simple(type, 'one')] },
    defaultCase: [simple(type, 'other')],
  };
  const id = await started(await registered([loop("$.l['iteration'] < 2", choose)]));
  await complete(type);
  await complete(type);
  expect(outline(await inStatus(id, 'COMPLETED'))).toEqual([
    'l COMPLETED',
    'sw__1 COMPLETED',
    'one__1 COMPLETED',
    'sw__2 COMPLETED',
    'other__2 COMPLETED',
  ]);
});

test.concurrent('a fork in the body is joined in each turn', async () => {
  const type = await workType();
  const fork: WorkflowTask = {
    name: 'split',
    taskReferenceName: 'f',
    type: 'FORK_JOIN',
    forkTasks: [[simple(type, 'a')], [simple(type, 'b')]],
  };
  const join: WorkflowTask = { name: 'meet', taskReferenceName: 'j', type: 'JOIN', joinOn: ['a', 'b'] };
  const id = await started(await registered([loop("$.l['iteration'] < 2", fork, join)]));
  for (let count = 0; count < 4; count += 1) await complete(type, { count });
  const workflow = await inStatus(id, 'COMPLETED');
  expect(outline(workflow).filter((line) => line.startsWith('j__'))).toEqual(['j__1 COMPLETED', 'j__2 COMPLETED']);
});

test.concurrent.each([
  ['$.none.x > 1', "TypeError: Cannot read property 'x' of undefined"],
  ['nope > 1', 'ReferenceError: nope is not defined'],
])('the condition %s fails the loop for good', async (condition, words) => {
  const type = await workType();
  const id = await started(await registered([loop(condition, simple(type, 'it'))]));
  await complete(type);
  const workflow = await eventually(async () => {
    const now = await execution(id);
    return now.status === 'FAILED' && now;
  });
  expect(taskOf(workflow, 'l')).toMatchObject({
    status: 'FAILED_WITH_TERMINAL_ERROR',
    reasonForIncompletion: `Unable to evaluate condition ${condition}, exception Error evaluating the script \`${words}\` at line 1`,
  });
});
