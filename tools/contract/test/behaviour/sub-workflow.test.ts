import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, eventually, inStatus, polled } from '../../src/contract.ts';
import { definition, registered, simple, started } from '../../src/given.ts';
import { complete, execution, fail, outline, taskOf, workType } from '../../src/work.ts';

interface Family {
  readonly type: string;
  readonly child: string;
  readonly parent: string;
}

async function family(more: Partial<WorkflowTask> = {}): Promise<Family> {
  const type = await workType();
  const child = await registered([simple(type, 'c', { inputParameters: { z: '${workflow.input.z}' } })], {
    outputParameters: { r: '${c.output.r}' },
  });
  const step: WorkflowTask = {
    name: 'child_step',
    taskReferenceName: 's',
    type: 'SUB_WORKFLOW',
    inputParameters: { z: '${workflow.input.z}' },
    subWorkflowParam: { name: child, version: 1 },
    ...more,
  };
  return { type, child, parent: await registered([step, simple(type, 'after')]) };
}

test.concurrent('a child is started with the input of its task, and knows its parent', async () => {
  const { type, child, parent } = await family();
  const id = await started(parent, { input: { z: 1 }, correlationId: 'c1', priority: 5 });
  const task = await polled(type);
  expect(task).toMatchObject({ referenceTaskName: 'c', workflowType: child, inputData: { z: 1 }, correlationId: 'c1' });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['s IN_PROGRESS']);
  expect(taskOf(workflow, 's')).toMatchObject({
    taskType: 'SUB_WORKFLOW',
    subWorkflowId: task.workflowInstanceId,
    outputData: { subWorkflowId: task.workflowInstanceId },
    inputData: {
      subWorkflowName: child,
      subWorkflowVersion: 1,
      subWorkflowDefinition: null,
      subWorkflowTaskToDomain: null,
      workflowInput: { z: 1 },
      priority: null,
      idempotencyKey: null,
      idempotencyStrategy: null,
    },
  });
  expect(await execution(task.workflowInstanceId)).toMatchObject({
    parentWorkflowId: id,
    parentWorkflowTaskId: taskOf(workflow, 's').taskId,
    input: { z: 1 },
    correlationId: 'c1',
    priority: 0,
  });
});

test.concurrent('when the child is complete its output is that of the task, and the parent goes on', async () => {
  const { type, parent } = await family();
  const id = await started(parent);
  const { workflowInstanceId } = await complete(type, { r: 7 });
  expect((await polled(type)).referenceTaskName).toBe('after');
  expect(taskOf(await execution(id), 's')).toMatchObject({
    status: 'COMPLETED',
    outputData: { r: 7, subWorkflowId: workflowInstanceId },
  });
});

test.concurrent('a child that fails fails its parent, which says why', async () => {
  const { type, child, parent } = await family();
  const id = await started(parent);
  const { taskId, workflowInstanceId } = await fail(type, { reasonForIncompletion: 'boom' });
  const why = `Sub workflow ${child}.1/${workflowInstanceId} failure reason: Task ${taskId} failed with status: FAILED and reason: 'boom'`;
  const workflow = await inStatus(id, 'FAILED');
  expect(taskOf(workflow, 's')).toMatchObject({ status: 'FAILED', reasonForIncompletion: why });
  expect(workflow.reasonForIncompletion).toContain(why);
});

test.concurrent('an optional child may fail', async () => {
  const { type, parent } = await family({ optional: true });
  const id = await started(parent);
  await fail(type);
  expect((await polled(type)).referenceTaskName).toBe('after');
  expect(taskOf(await execution(id), 's').status).toBe('COMPLETED_WITH_ERRORS');
});

test.concurrent('a terminated parent takes its child along', async () => {
  const { type, parent } = await family();
  const id = await started(parent);
  const { workflowInstanceId } = await polled(type);
  await client.workflow.terminate({ workflowId: id, reason: 'enough' });
  expect(await inStatus(workflowInstanceId, 'TERMINATED')).toMatchObject({
    reasonForIncompletion: 'Parent workflow has been terminated with reason: enough',
  });
  expect(outline(await execution(id))).toEqual(['s CANCELED']);
});

test.concurrent('a terminated child terminates its parent', async () => {
  const { type, parent } = await family();
  const id = await started(parent);
  const { workflowInstanceId } = await polled(type);
  await client.workflow.terminate({ workflowId: workflowInstanceId, reason: 'enough' });
  expect(outline(await inStatus(id, 'TERMINATED'))).toEqual(['s CANCELED']);
});

test.concurrent('a child that is given no input sees the input of the task; without a version it is the latest', async () => {
  const { type, child } = await family();
  const step: WorkflowTask = {
    name: 'child_step',
    taskReferenceName: 's',
    type: 'SUB_WORKFLOW',
    subWorkflowParam: { name: child },
  };
  await started(await registered([step]));
  const { workflowInstanceId } = await polled(type);
  expect((await execution(workflowInstanceId)).input).toMatchObject({
    subWorkflowName: child,
    subWorkflowVersion: 1,
    workflowInput: {},
  });
});

test.concurrent('a definition may come with the step', async () => {
  const type = await workType();
  const workflowDefinition = definition('inlined', [simple(type, 'c')]);
  const { parent } = await family({ subWorkflowParam: { name: 'inlined', workflowDefinition } });
  const id = await started(parent);
  expect(await complete(type)).toMatchObject({ referenceTaskName: 'c', workflowType: 'inlined' });
  await eventually(async () => (await execution(id)).tasks.length > 1);
});

test.concurrent('a child may have domains of its own', async () => {
  const { type, child } = await family();
  const subWorkflowParam = { name: child, version: 1, taskToDomain: { [type]: 'd1' } };
  const { parent } = await family({ subWorkflowParam });
  await started(parent);
  const task = await eventually(() => client.task.poll({ tasktype: type, domain: 'd1' }));
  expect(task.domain).toBe('d1');
});

test.concurrent('the child of a paused parent runs on, and the parent goes on when it is resumed', async () => {
  const { type, parent } = await family();
  const id = await started(parent);
  const task = await polled(type);
  await client.workflow.pause({ workflowId: id });
  await client.task.update({
    body: { taskId: task.taskId, workflowInstanceId: task.workflowInstanceId, status: 'COMPLETED' },
  });
  await inStatus(task.workflowInstanceId, 'COMPLETED');
  // The real server writes the end of the child into the parent in the background, pause included: a resume before that is lost.
  await eventually(async () => taskOf(await execution(id), 's').status === 'COMPLETED');
  expect((await execution(id)).status).toBe('PAUSED');
  await client.workflow.resume({ workflowId: id });
  expect((await polled(type)).referenceTaskName).toBe('after');
});

test.concurrent('a retry of the parent starts a new child, or goes on in the one that failed', async () => {
  for (const resumeSubworkflowTasks of [false, true]) {
    const { type, parent } = await family();
    const id = await started(parent);
    const failed = await fail(type);
    await inStatus(id, 'FAILED');
    await client.workflow.retry({ workflowId: id, resumeSubworkflowTasks });
    const again = await complete(type);
    expect(again.workflowInstanceId === failed.workflowInstanceId).toBe(resumeSubworkflowTasks);
    expect((await polled(type)).referenceTaskName).toBe('after');
  }
});

test.concurrent('a child that is retried by itself brings its parent back', async () => {
  const { type, parent } = await family();
  const id = await started(parent);
  const failed = await fail(type);
  await inStatus(id, 'FAILED');
  await client.workflow.retry({ workflowId: failed.workflowInstanceId });
  expect(await inStatus(id, 'RUNNING')).toMatchObject({ failedReferenceTaskNames: [] });
  const again = await complete(type);
  expect(again.workflowInstanceId).toBe(failed.workflowInstanceId);
  expect((await polled(type)).referenceTaskName).toBe('after');
});
