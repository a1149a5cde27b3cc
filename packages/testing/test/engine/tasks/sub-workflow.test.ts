import { expect, test } from 'vitest';
import { anEngine, complete, type Given, polled, report, started, step, taskNamed } from '../given.ts';

const PARENT = [
  step('sub', {
    type: 'SUB_WORKFLOW',
    subWorkflowParam: { name: 'child', version: 1 },
    inputParameters: { x: '${workflow.input.x}' },
  }),
  step('z'),
];

test('a child starts a little later, with the input of the task, and knows its parent', async () => {
  const { engine, id, childId } = await withChild();
  const task = taskNamed(engine.workflow.get(id), 'sub');
  expect(task).toMatchObject({
    status: 'IN_PROGRESS',
    inputData: { subWorkflowName: 'child', subWorkflowVersion: 1, workflowInput: { x: 1 } },
  });
  expect(engine.workflow.get(childId)).toMatchObject({
    parentWorkflowId: id,
    parentWorkflowTaskId: task.taskId,
    input: { x: 1 },
  });
});

test('a child that is given no input sees the input of the task', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'child', version: 1, tasks: [step('c')] });
  started(engine, [step('s', { type: 'SUB_WORKFLOW', subWorkflowParam: { name: 'child' } })], {
    request: { priority: 5 },
  });
  await clock.advance(20);
  const child = engine.workflow.get(polled(engine, 'c').workflowInstanceId);
  expect(child.input).toMatchObject({ subWorkflowName: 'child', subWorkflowVersion: 1, workflowInput: {} });
  expect(child.priority).toBe(0);
});

test('when the child has ended the parent goes on with its output', async () => {
  const { engine, clock, id, childId } = await withChild();
  complete(engine, 'c', { y: 2 });
  await clock.advance(20);
  expect(taskNamed(engine.workflow.get(id), 'sub')).toMatchObject({
    status: 'COMPLETED',
    outputData: { subWorkflowId: childId, y: 2 },
  });
  expect(engine.task.poll('z')).toBeDefined();
});

test('a failed child fails its parent, which says why', async () => {
  const { engine, clock, id, childId } = await withChild();
  report(engine, polled(engine, 'c'), 'FAILED_WITH_TERMINAL_ERROR', { reasonForIncompletion: 'boom' });
  await clock.advance(20);
  const reason = engine.workflow.get(childId).reasonForIncompletion ?? '';
  expect(taskNamed(engine.workflow.get(id), 'sub')).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: `Sub workflow child.1/${childId} failure reason: ${reason}`,
  });
  expect(engine.workflow.get(id).status).toBe('FAILED');
});

test('a terminated parent takes its child along', async () => {
  const { engine, id, childId } = await withChild();
  engine.workflow.terminate(id, 'enough');
  expect(engine.workflow.get(childId)).toMatchObject({
    status: 'TERMINATED',
    reasonForIncompletion: 'Parent workflow has been terminated with reason: enough',
  });
});

test('a retry of the parent may go on in the child that failed', async () => {
  const { engine, clock, id, childId } = await withChild();
  report(engine, polled(engine, 'c'), 'FAILED_WITH_TERMINAL_ERROR');
  await clock.advance(20);
  engine.workflow.retry(id, true);
  const again = polled(engine, 'c');
  expect(again.workflowInstanceId).toBe(childId);
  report(engine, again, 'COMPLETED');
  await clock.advance(20);
  expect(taskNamed(engine.workflow.get(id), 'sub')).toMatchObject({ status: 'COMPLETED', retryCount: 0 });
});

test('a child retried by itself brings its parent back', async () => {
  const { engine, clock, id, childId } = await withChild();
  report(engine, polled(engine, 'c'), 'FAILED_WITH_TERMINAL_ERROR');
  await clock.advance(20);
  engine.workflow.retry(childId);
  expect(engine.workflow.get(id).status).toBe('RUNNING');
  complete(engine, 'c');
  await clock.advance(20);
  complete(engine, 'z');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a retried parent starts a new child', async () => {
  const { engine, clock, id, childId } = await withChild();
  report(engine, polled(engine, 'c'), 'FAILED_WITH_TERMINAL_ERROR');
  await clock.advance(20);
  engine.workflow.retry(id);
  await clock.advance(20);
  const task = taskNamed(engine.workflow.get(id), 'sub');
  expect(task.subWorkflowId).not.toBe(childId);
  expect(engine.workflow.get(task.subWorkflowId ?? '').input).toEqual({ x: 1 });
});

test('a signal reaches a WAIT within the child', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'child', version: 1, tasks: [step('w', { type: 'WAIT' })] });
  const id = started(engine, PARENT);
  await clock.advance(20);
  expect(engine.task.signal(id, 'COMPLETED', {})).toBe(true);
});

test('a child that is not defined fails the parent', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, PARENT);
  await clock.advance(20);
  expect(engine.workflow.get(id).status).toBe('FAILED');
});

async function withChild(): Promise<Given & { id: string; childId: string }> {
  const { engine, clock } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'child', version: 1, tasks: [step('c')] });
  const id = started(engine, PARENT, { request: { input: { x: 1 } } });
  await clock.advance(20);
  return { engine, clock, id, childId: taskNamed(engine.workflow.get(id), 'sub').subWorkflowId ?? '' };
}
