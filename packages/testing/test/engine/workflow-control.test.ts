import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine-api.ts';
import { anEngine, complete, polled, refusalOf, report, started, statuses, step, taskNamed } from './given.ts';

const TWO = [step('a'), step('b')];

test('tasks queued before a pause are still polled and completed; the next one comes at resume', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  engine.workflow.pause(id);
  engine.workflow.pause(id);
  complete(engine, 'a');
  expect(engine.workflow.get(id).status).toBe('PAUSED');
  expect(engine.task.poll('b')).toBeUndefined();
  engine.workflow.resume(id);
  expect(engine.task.poll('b')).toBeDefined();
});

test('a workflow that has ended cannot be paused, and one that runs cannot be resumed', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  expect(refusalOf(() => engine.workflow.resume(id))).toMatchObject({
    status: 500,
    message: expect.stringContaining('is not PAUSED so cannot resume') as string,
  });
  engine.workflow.terminate(id);
  expect(refusalOf(() => engine.workflow.pause(id)).status).toBe(409);
});

test('while paused a task does not time out, and does so on resume', async () => {
  const { engine, clock } = anEngine();
  engine.metadata.registerTaskDefs([{ name: 'a', responseTimeoutSeconds: 2 }]);
  const id = started(engine, TWO);
  polled(engine, 'a');
  engine.workflow.pause(id);
  await clock.advance(10_000);
  expect(statuses(engine.workflow.get(id))).toEqual({ a: 'IN_PROGRESS' });
  engine.workflow.resume(id);
  expect(engine.workflow.get(id).tasks.map((task) => task.status)).toEqual(['TIMED_OUT', 'SCHEDULED']);
});

test('terminating cancels open tasks, empties their queue and keeps the reason; twice is fine', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  engine.workflow.terminate(id, 'enough');
  engine.workflow.terminate(id, 'enough');
  expect(engine.workflow.get(id)).toMatchObject({ status: 'TERMINATED', reasonForIncompletion: 'enough' });
  expect(statuses(engine.workflow.get(id))).toEqual({ a: 'CANCELED' });
  expect(engine.task.queueSizes(['a'])).toEqual({ a: 0 });
  expect(engine.stats().workflowsFailed).toBe(1);
});

test('the first reason for a termination stays', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  engine.workflow.terminate(id, 'first');
  engine.workflow.terminate(id, 'second');
  expect(engine.workflow.get(id).reasonForIncompletion).toBe('first');
});

test('a restart keeps the variables, a resume counts as a retry', () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [step('a'), step('v', { type: 'SET_VARIABLE', inputParameters: { k: 1 } }), step('b')]);
  complete(engine, 'a');
  engine.workflow.pause(id);
  engine.workflow.resume(id);
  expect(engine.workflow.get(id).lastRetriedTime).toBe(clock.now());
  engine.workflow.terminate(id);
  engine.workflow.restart(id);
  expect(engine.workflow.get(id)).toMatchObject({ variables: { k: 1 }, lastRetriedTime: 0, endTime: 0 });
});

test('a completed workflow cannot be terminated', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  complete(engine, 'a');
  expect(refusalOf(() => engine.workflow.terminate(id))).toMatchObject({
    status: 409,
    message: 'Cannot terminate a COMPLETED workflow.',
  });
  expect(refusalOf(() => engine.workflow.terminateAndRemove(id)).status).toBe(409);
});

test('a running workflow cannot be archived; a removed one is gone with its tasks', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  const { taskId } = taskNamed(engine.workflow.get(id), 'a');
  expect(refusalOf(() => engine.workflow.remove(id)).message).toMatch(
    /^Cannot archive workflow: .* with status: RUNNING$/,
  );
  engine.workflow.terminateAndRemove(id);
  expect(refusalOf(() => engine.workflow.get(id))).toMatchObject({
    status: 404,
    message: `No such workflow found by id: ${id}`,
  });
  expect(refusalOf(() => engine.task.get(taskId)).status).toBe(404);
});

test.each<[string, (engine: Engine) => void]>([
  ['pause', (engine) => engine.workflow.pause('nope')],
  ['resume', (engine) => engine.workflow.resume('nope')],
  ['retry', (engine) => engine.workflow.retry('nope')],
  ['restart', (engine) => engine.workflow.restart('nope')],
  ['rerun', (engine) => void engine.workflow.rerun('nope', {})],
  ['terminate', (engine) => engine.workflow.terminate('nope')],
  ['remove', (engine) => engine.workflow.remove('nope')],
  ['decide', (engine) => engine.workflow.decide('nope')],
  ['resetCallbacks', (engine) => engine.workflow.resetCallbacks('nope')],
])('%s of an unknown workflow is a 404', (_name, call) => {
  const { engine } = anEngine();
  expect(refusalOf(() => call(engine))).toMatchObject({ status: 404, message: 'No such workflow found by id: nope' });
});

test('retry copies the failed task with one more retry and marks the old one', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  const failed = polled(engine, 'a');
  report(engine, failed, 'FAILED_WITH_TERMINAL_ERROR', { reasonForIncompletion: 'boom' });
  engine.workflow.retry(id);
  const workflow = engine.workflow.get(id);
  // The end it had stays readable.
  expect(workflow).toMatchObject({ status: 'RUNNING', endTime: expect.any(Number) as number, output: {} });
  expect(workflow.endTime).toBeGreaterThan(0);
  expect(workflow.reasonForIncompletion).toBeUndefined();
  expect(workflow.tasks).toMatchObject([
    { taskId: failed.taskId, retried: true },
    { retriedTaskId: failed.taskId, retryCount: 1, status: 'SCHEDULED', seq: 2 },
  ]);
});

test('retry is refused with a 404 while the workflow runs, and with a 409 when nothing has failed', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  expect(refusalOf(() => engine.workflow.retry(id))).toMatchObject({
    status: 404,
    message: expect.stringContaining('Workflow is still running.') as string,
  });
  complete(engine, 'a');
  expect(refusalOf(() => engine.workflow.retry(id))).toMatchObject({
    status: 409,
    message: expect.stringContaining('There are no retryable tasks!') as string,
  });
});

test('restart empties the tasks and starts anew under the same id', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  expect(refusalOf(() => engine.workflow.restart(id)).status).toBe(409);
  complete(engine, 'a');
  engine.workflow.terminate(id);
  engine.workflow.restart(id);
  expect(engine.workflow.get(id)).toMatchObject({ status: 'RUNNING', output: {} });
  expect(statuses(engine.workflow.get(id))).toEqual({ a: 'SCHEDULED' });
  complete(engine, 'a');
  complete(engine, 'b');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('restart can take the latest definition', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  engine.workflow.terminate(id);
  engine.metadata.createWorkflowDef({ name: 'w', version: 2, tasks: [step('c')] });
  engine.workflow.restart(id, true);
  expect(engine.workflow.get(id).workflowVersion).toBe(2);
  complete(engine, 'c');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a rerun from a task puts it back with the same id and number, and forgets what came after', () => {
  const { engine } = anEngine();
  const id = started(engine, TWO);
  expect(refusalOf(() => engine.workflow.rerun(id, {})).status).toBe(409);
  const { taskId } = complete(engine, 'a');
  complete(engine, 'b');
  expect(engine.workflow.rerun(id, { reRunFromTaskId: taskId })).toBe(id);
  expect(engine.workflow.get(id).tasks).toMatchObject([{ taskId, seq: 1, status: 'SCHEDULED', retryCount: 0 }]);
  complete(engine, 'a');
  complete(engine, 'b');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a rerun without a task starts over with the new input', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a', { inputParameters: { x: '${workflow.input.x}' } })]);
  complete(engine, 'a');
  engine.workflow.rerun(id, { workflowInput: { x: 2 } });
  expect(polled(engine, 'a').inputData).toEqual({ x: 2 });
});

test('a rerun within a fork keeps what the other branches did, and joins them again', async () => {
  const { engine, clock } = anEngine();
  const id = started(engine, [
    step('f', { type: 'FORK_JOIN', forkTasks: [[step('x')], [step('y')]] }),
    step('j', { type: 'JOIN', joinOn: ['x', 'y'] }),
    step('z'),
  ]);
  const { taskId } = complete(engine, 'x', { n: 1 });
  complete(engine, 'y', { n: 2 });
  await clock.advance(20);
  complete(engine, 'z');
  engine.workflow.rerun(id, { reRunFromTaskId: taskId });
  complete(engine, 'x', { n: 3 });
  await clock.advance(20);
  expect(taskNamed(engine.workflow.get(id), 'j').outputData).toEqual({ x: { n: 3 }, y: { n: 2 } });
  complete(engine, 'z');
  expect(engine.workflow.get(id).status).toBe('COMPLETED');
});

test('a skipped task appears with number 0 and is passed over; one that was processed cannot be skipped', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a'), step('b'), step('c', { inputParameters: { y: '${b.output.y}' } })]);
  engine.workflow.skipTask(id, 'b', { taskOutput: { y: 1 } });
  expect(taskNamed(engine.workflow.get(id), 'b')).toMatchObject({ status: 'SKIPPED', seq: 0 });
  expect(refusalOf(() => engine.workflow.skipTask(id, 'a')).status).toBe(500);
  complete(engine, 'a');
  expect(polled(engine, 'c').inputData).toEqual({ y: 1 });
});

test('resetting callbacks makes a handed back task pollable at once', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'IN_PROGRESS', { callbackAfterSeconds: 60 });
  engine.workflow.resetCallbacks(id);
  expect(engine.task.poll('a')).toBeDefined();
});
