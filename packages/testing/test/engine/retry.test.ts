import { expect, test } from 'vitest';
import type { JsonMap } from '../../src/engine/json-map.ts';
import { anEngine, complete, type Given, polled, report, started, statuses, step, taskNamed } from './given.ts';

test('a failed task with retries left is marked retried, and a new task in its place is scheduled in the same call', () => {
  const { engine } = withTask({ retryDelaySeconds: 5 });
  const id = started(engine, [step('a')]);
  const failed = polled(engine, 'a');
  report(engine, failed, 'FAILED', { reasonForIncompletion: 'boom', outputData: { x: 1 } });
  const { status, tasks } = engine.workflow.get(id);
  expect(status).toBe('RUNNING');
  expect(tasks[0]).toMatchObject({ taskId: failed.taskId, status: 'FAILED', retried: true });
  expect(tasks[1]).toMatchObject({
    status: 'SCHEDULED',
    seq: 2,
    retryCount: 1,
    retriedTaskId: failed.taskId,
    callbackAfterSeconds: 5,
    startDelayInSeconds: 5,
    reasonForIncompletion: 'boom',
    outputData: {},
  });
  expect(tasks[1]?.taskId).not.toBe(failed.taskId);
});

test('with FIXED logic each attempt waits the same', async () => {
  expect(await delaysOf(withTask({ retryDelaySeconds: 1 }), 2)).toEqual([1, 1]);
});

test('with EXPONENTIAL_BACKOFF each attempt waits twice as long', async () => {
  expect(await delaysOf(withTask({ retryDelaySeconds: 1, retryLogic: 'EXPONENTIAL_BACKOFF' }), 3)).toEqual([1, 2, 4]);
});

test('with LINEAR_BACKOFF the wait grows by the delay times the scale factor', async () => {
  expect(
    await delaysOf(withTask({ retryDelaySeconds: 1, retryLogic: 'LINEAR_BACKOFF', backoffScaleFactor: 2 }), 2),
  ).toEqual([2, 4]);
});

test('a longest delay caps the backoff', async () => {
  expect(
    await delaysOf(withTask({ retryDelaySeconds: 1, retryLogic: 'EXPONENTIAL_BACKOFF', maxRetryDelaySeconds: 3 }), 3),
  ).toEqual([1, 2, 3]);
});

test('a retry is pollable when its delay has passed, and not before', async () => {
  const { engine, clock } = withTask({ retryDelaySeconds: 5 });
  started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'FAILED');
  await clock.advance(4_999);
  expect(engine.task.poll('a')).toBeUndefined();
  await clock.advance(1);
  expect(engine.task.poll('a')?.retryCount).toBe(1);
});

test('when no retries are left the workflow fails in the same call, and says which task did it', () => {
  const { engine } = withTask({ retryCount: 2, retryDelaySeconds: 0 });
  const id = started(engine, [step('ref', { name: 'a' })], {
    def: { outputParameters: { y: '${ref.output.y}', missing: '${nope.output.z}' } },
  });
  for (const reason of ['boom0', 'boom1'])
    report(engine, polled(engine, 'a'), 'FAILED', { reasonForIncompletion: reason });
  const last = polled(engine, 'a');
  report(engine, last, 'FAILED', { reasonForIncompletion: 'boom2', outputData: { y: 1 } });
  expect(engine.workflow.get(id)).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: `Task ${last.taskId} failed with status: FAILED and reason: 'boom2'`,
    output: { y: 1, missing: null },
    failedReferenceTaskNames: ['ref'],
    failedTaskNames: ['a'],
  });
});

test('the retry count of a step wins over that of the definition', () => {
  const { engine } = withTask({ retryCount: 3 });
  const id = started(engine, [step('a', { retryCount: 0 })]);
  report(engine, polled(engine, 'a'), 'FAILED');
  expect(engine.workflow.get(id).status).toBe('FAILED');
});

test('a task without a registered definition gets the default one of the server', () => {
  const { engine } = anEngine();
  started(engine, [step('a')]);
  expect(polled(engine, 'a')).toMatchObject({
    responseTimeoutSeconds: 3600,
    taskDefinition: { name: 'a', retryCount: 3, retryDelaySeconds: 60 },
  });
});

test('an optional task that fails for good completes with errors, and the workflow goes on', () => {
  const { engine } = withTask({ retryCount: 0 });
  const id = started(engine, [step('a', { optional: true }), step('b')]);
  report(engine, polled(engine, 'a'), 'FAILED');
  expect(statuses(engine.workflow.get(id))).toEqual({ a: 'COMPLETED_WITH_ERRORS', b: 'SCHEDULED' });
});

test('the names of failed tasks are not kept from a retry that succeeds', () => {
  const { engine } = withTask({ retryCount: 0 });
  const id = started(engine, [step('a')]);
  report(engine, polled(engine, 'a'), 'FAILED');
  engine.workflow.retry(id);
  complete(engine, 'a');
  expect(engine.workflow.get(id)).toMatchObject({ status: 'COMPLETED', failedReferenceTaskNames: ['a'] });
});

test('a workflow that is terminated by a caller starts no failure workflow', () => {
  const { engine } = anEngine();
  engine.metadata.createWorkflowDef({ name: 'clean-up', version: 1, tasks: [step('c')] });
  const id = started(engine, [step('a')], { def: { failureWorkflow: 'clean-up' } });
  engine.workflow.terminate(id, 'enough');
  expect(engine.workflow.get(id).output).toEqual({});
  expect(engine.stats().workflowsStarted).toBe(1);
});

test('a failing workflow starts its failure workflow with the story of the failure', () => {
  const { engine } = withTask({ retryCount: 0 });
  engine.metadata.createWorkflowDef({ name: 'clean-up', tasks: [step('c')] });
  const id = started(engine, [step('a')], { def: { failureWorkflow: 'clean-up' } });
  const task = polled(engine, 'a');
  report(engine, task, 'FAILED', { reasonForIncompletion: 'boom' });
  const failed = engine.workflow.get(id);
  const cleanUp = engine.workflow.get(String(failed.output['conductor.failure_workflow']));
  expect(cleanUp).toMatchObject({
    workflowName: 'clean-up',
    input: {
      reason: failed.reasonForIncompletion,
      failureStatus: 'FAILED',
      failureTaskId: task.taskId,
      workflowId: id,
      failedWorkflow: { workflowId: id },
    },
  });
});

test('input of a retried task is made anew, with the new id', () => {
  const { engine } = withTask({ retryDelaySeconds: 0 });
  const id = started(engine, [step('a', { inputParameters: { me: '${CPEWF_TASK_ID}' } })]);
  report(engine, polled(engine, 'a'), 'FAILED');
  const task = taskNamed(engine.workflow.get(id), 'a');
  expect(task.inputData).toEqual({ me: task.taskId });
});

function withTask(def: JsonMap): Given {
  const given = anEngine();
  given.engine.metadata.registerTaskDefs([{ name: 'a', ...def }]);
  return given;
}

/** Lets the task fail again and again, and gives the delays in front of its next attempts. */
async function delaysOf({ engine, clock }: Given, attempts: number): Promise<number[]> {
  const id = started(engine, [step('a')]);
  const delays: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    report(engine, polled(engine, 'a'), 'FAILED');
    const { callbackAfterSeconds } = taskNamed(engine.workflow.get(id), 'a');
    delays.push(callbackAfterSeconds);
    await clock.advance(callbackAfterSeconds * 1_000);
  }
  return delays;
}
