import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, eventually, inStatus, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { execution, fail, outline, taskOf, workType } from '../../src/work.ts';

function fork(...forkTasks: WorkflowTask[][]): WorkflowTask {
  return { name: 'split', taskReferenceName: 'f', type: 'FORK_JOIN', forkTasks, inputParameters: { q: 1 } };
}

function join(...joinOn: string[]): WorkflowTask {
  return { name: 'meet', taskReferenceName: 'j', type: 'JOIN', joinOn };
}

const done = (workflowId: string, taskRefName: string, body = {}): Promise<unknown> =>
  client.task.updateByRef({ workflowId, taskRefName, status: 'COMPLETED', body });

test.concurrent('a fork is complete at once; its branches run, and the join is there from the start', async () => {
  const type = await workType();
  const steps = [
    fork([simple(type, 'a'), simple(type, 'a2')], [simple(type, 'b')]),
    join('a2', 'b'),
    simple(type, 'z'),
  ];
  const workflow = await execution(await started(await registered(steps)));
  expect(outline(workflow)).toEqual(['f COMPLETED', 'a SCHEDULED', 'b SCHEDULED', 'j IN_PROGRESS']);
  expect(taskOf(workflow, 'f')).toMatchObject({ taskType: 'FORK', taskDefName: 'FORK', inputData: { q: 1 } });
  expect(taskOf(workflow, 'j')).toMatchObject({
    taskType: 'JOIN',
    taskDefName: 'JOIN',
    inputData: { joinOn: ['a2', 'b'] },
  });
});

test.concurrent('the join ends after its last branch, with those outputs that are not empty', async () => {
  const type = await workType();
  const steps = [
    fork([simple(type, 'a'), simple(type, 'a2')], [simple(type, 'b')], [simple(type, 'c')]),
    join('a2', 'b', 'c'),
    simple(type, 'z', { inputParameters: { joined: '${j.output}' } }),
  ];
  const id = await started(await registered(steps));
  await done(id, 'b', { y: 2 });
  await done(id, 'a', { ignored: true });
  await done(id, 'c');
  await done(id, 'a2', { x: 1 });
  expect((await polled(type)).inputData).toEqual({ joined: { a2: { x: 1 }, b: { y: 2 } } });
  expect(taskOf(await execution(id), 'j')).toMatchObject({
    status: 'COMPLETED',
    outputData: { a2: { x: 1 }, b: { y: 2 } },
  });
});

test.concurrent('a join on some of the branches does not wait for the others, but the workflow does', async () => {
  const type = await workType();
  const id = await started(
    await registered([fork([simple(type, 'a')], [simple(type, 'b')]), join('b'), simple(type, 'z')]),
  );
  await done(id, 'b');
  await eventually(() => done(id, 'z').then((task) => task !== undefined));
  expect((await execution(id)).status).toBe('RUNNING');
  await done(id, 'a');
  await inStatus(id, 'COMPLETED');
});

test.concurrent('a failed branch fails the workflow at once, and cancels the others', async () => {
  const type = await workType();
  const id = await started(await registered([fork([simple(type, 'a')], [simple(type, 'b')]), join('a', 'b')]));
  const failed = await fail(type, { reasonForIncompletion: 'no' });
  const workflow = await inStatus(id, 'FAILED');
  expect(workflow.reasonForIncompletion).toBe(`Task ${failed.taskId} failed with status: FAILED and reason: 'no'`);
  const other = failed.referenceTaskName === 'a' ? 'b' : 'a';
  expect(taskOf(workflow, other).status).toBe('CANCELED');
});

test.concurrent('a branch that may fail does not keep the join from its end', async () => {
  const type = await workType();
  const steps = [fork([simple(type, 'a')], [simple(type, 'b', { optional: true })]), join('a', 'b'), simple(type, 'z')];
  const id = await started(await registered(steps));
  await done(id, 'a', { x: 1 });
  const { taskId } = await fail(type);
  const workflow = await eventually(async () => {
    const now = await execution(id);
    return now.tasks.length > 4 && now;
  });
  expect(taskOf(workflow, 'b').status).toBe('COMPLETED_WITH_ERRORS');
  const { status, outputData, reasonForIncompletion } = taskOf(workflow, 'j');
  expect(outputData).toEqual({ a: { x: 1 } });
  // The real server may look at the join before it has dealt with the failure; then it does not know of errors.
  expect([
    ['COMPLETED', undefined],
    ['COMPLETED_WITH_ERRORS', `${type}/${taskId} completed with errors`],
  ]).toContainEqual([status, reasonForIncompletion]);
});

test.concurrent('forks lie within forks', async () => {
  const type = await workType();
  const inner: WorkflowTask = {
    name: 'split',
    taskReferenceName: 'f2',
    type: 'FORK_JOIN',
    forkTasks: [[simple(type, 'b')], [simple(type, 'c')]],
  };
  const innerJoin: WorkflowTask = { name: 'meet', taskReferenceName: 'j2', type: 'JOIN', joinOn: ['b', 'c'] };
  const id = await started(await registered([fork([simple(type, 'a')], [inner, innerJoin]), join('a', 'j2')]));
  for (const ref of ['a', 'b', 'c']) await done(id, ref, { ref });
  expect((await inStatus(id, 'COMPLETED')).output).toEqual({
    a: { ref: 'a' },
    j2: { b: { ref: 'b' }, c: { ref: 'c' } },
  });
});

test.concurrent('a join on nothing is over at once', async () => {
  const type = await workType();
  const id = await started(await registered([fork([simple(type, 'a')]), join(), simple(type, 'z')]));
  await eventually(async () => outline(await execution(id)).includes('z SCHEDULED'));
  expect(outline(await execution(id))).toEqual(['f COMPLETED', 'a SCHEDULED', 'j COMPLETED', 'z SCHEDULED']);
});

test.concurrent('a fork without a join ends its workflow before it begins', async () => {
  const type = await workType();
  const id = await started(await registered([fork([simple(type, 'a')]), simple(type, 'z')]));
  expect(await execution(id)).toMatchObject({
    status: 'FAILED',
    tasks: [],
    reasonForIncompletion: 'Fork task definition is not followed by a join task.  Check the blueprint',
  });
});
