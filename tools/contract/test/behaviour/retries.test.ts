import type { TaskDef } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { finish, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, execution, fail, outline, taskOf, workType } from '../../src/work.ts';

async function withRetries(def: Partial<TaskDef>): Promise<{ id: string; type: string }> {
  const type = await workType({ retryDelaySeconds: 0, ...def });
  const id = await started(await registered([simple(type, 'a', { inputParameters: { me: '${CPEWF_TASK_ID}' } })]));
  return { id, type };
}

/** The pause before each next attempt, in seconds, as the server planned it. */
async function pauses(def: Partial<TaskDef>, failures: number): Promise<(number | undefined)[]> {
  const { id, type } = await withRetries({ retryCount: 9, ...def });
  const planned: (number | undefined)[] = [];
  for (let count = 0; count < failures; count += 1) {
    await fail(type);
    const attempt = taskOf(await execution(id), 'a');
    expect(attempt.callbackAfterSeconds).toBe(attempt.startDelayInSeconds);
    planned.push(attempt.callbackAfterSeconds);
  }
  return planned;
}

test.concurrent('a failed task is tried again as a new task in its place', async () => {
  const { id, type } = await withRetries({ retryCount: 2 });
  const first = await fail(type, { reasonForIncompletion: 'boom', outputData: { x: 1 } });
  const workflow = await execution(id);
  expect(workflow.status).toBe('RUNNING');
  expect(outline(workflow)).toEqual(['a FAILED', 'a SCHEDULED']);
  const [failed, second] = workflow.tasks;
  expect(failed).toMatchObject({ taskId: first.taskId, retried: true, executed: false, outputData: { x: 1 } });
  expect(second).toMatchObject({
    retriedTaskId: first.taskId,
    retryCount: 1,
    seq: 2,
    pollCount: 0,
    startTime: 0,
    outputData: {},
    reasonForIncompletion: 'boom',
  });
  expect(second?.taskId).not.toBe(first.taskId);
  expect(second?.inputData, 'the input is made anew').toEqual({ me: second?.taskId });
});

test.concurrent('when all attempts have failed the workflow fails, with the words and the output of the last', async () => {
  const { id, type } = await withRetries({ retryCount: 1 });
  await fail(type, { reasonForIncompletion: 'one', outputData: { try: 1 } });
  const last = await fail(type, { reasonForIncompletion: 'two', outputData: { try: 2 } });
  const workflow = await execution(id);
  expect(workflow).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: `Task ${last.taskId} failed with status: FAILED and reason: 'two'`,
    output: { try: 2 },
    failedReferenceTaskNames: ['a'],
    failedTaskNames: [type],
  });
  expect(outline(workflow)).toEqual(['a FAILED', 'a FAILED']);
});

test.concurrent('a workflow that succeeds in the end still names the tasks that once failed', async () => {
  const { id, type } = await withRetries({ retryCount: 1 });
  await fail(type);
  await complete(type);
  expect(await execution(id)).toMatchObject({
    status: 'COMPLETED',
    failedReferenceTaskNames: ['a'],
    failedTaskNames: [type],
  });
});

test.concurrent('a step may ask for fewer attempts than its type', async () => {
  const type = await workType({ retryCount: 5 });
  const id = await started(await registered([simple(type, 'a', { retryCount: 0 })]));
  await fail(type);
  expect((await execution(id)).status).toBe('FAILED');
});

test.concurrent('a FIXED pause is always the same', async () => {
  expect(await pauses({ retryDelaySeconds: 1 }, 2)).toEqual([1, 1]);
});

test.concurrent('an EXPONENTIAL_BACKOFF doubles it, whatever the scale factor', async () => {
  const def = { retryDelaySeconds: 1, retryLogic: 'EXPONENTIAL_BACKOFF', backoffScaleFactor: 3 } as const;
  expect(await pauses(def, 3)).toEqual([1, 2, 4]);
});

test.concurrent('a LINEAR_BACKOFF adds one more each time, times the scale factor', async () => {
  const def = { retryDelaySeconds: 1, retryLogic: 'LINEAR_BACKOFF', backoffScaleFactor: 2 } as const;
  expect(await pauses(def, 2)).toEqual([2, 4]);
});

test.concurrent('a pause has a longest', async () => {
  const def = { retryDelaySeconds: 1, retryLogic: 'EXPONENTIAL_BACKOFF', maxRetryDelaySeconds: 2 } as const;
  expect(await pauses(def, 3)).toEqual([1, 2, 2]);
});

test.concurrent('the next attempt cannot be polled before its pause is over', async () => {
  const { type } = await withRetries({ retryCount: 1, retryDelaySeconds: 2 });
  const first = await fail(type);
  const second = await polled(type);
  expect(second.retriedTaskId).toBe(first.taskId);
  expect((second.startTime ?? 0) - (second.scheduledTime ?? 0)).toBeGreaterThan(1_900);
});

test.concurrent('FAILED_WITH_TERMINAL_ERROR is not tried again', async () => {
  const { id, type } = await withRetries({ retryCount: 3 });
  const { taskId } = await fail(type, { status: 'FAILED_WITH_TERMINAL_ERROR', reasonForIncompletion: 'no use' });
  const workflow = await execution(id);
  expect(workflow).toMatchObject({
    status: 'FAILED',
    reasonForIncompletion: `Task ${taskId} failed with status: FAILED and reason: 'no use'`,
    failedReferenceTaskNames: ['a'],
  });
  expect(outline(workflow)).toEqual(['a FAILED_WITH_TERMINAL_ERROR']);
});

test.concurrent('CANCELED is not tried again, and terminates the workflow', async () => {
  const { id, type } = await withRetries({ retryCount: 3 });
  const { taskId } = await fail(type, { status: 'CANCELED' });
  const workflow = await execution(id);
  expect(workflow).toMatchObject({
    status: 'TERMINATED',
    reasonForIncompletion: `Task ${taskId} failed with status: TERMINATED and reason: 'null'`,
    failedReferenceTaskNames: [],
  });
  expect(outline(workflow)).toEqual(['a CANCELED']);
});

test.concurrent('an optional task that fails in the end does not keep the workflow from going on', async () => {
  const type = await workType({ retryCount: 1, retryDelaySeconds: 0 });
  const id = await started(await registered([simple(type, 'a', { optional: true }), simple(type, 'b')]));
  await fail(type);
  expect(outline(await execution(id))).toEqual(['a FAILED', 'a SCHEDULED']);
  await fail(type, { reasonForIncompletion: 'still' });
  const workflow = await execution(id);
  expect(outline(workflow)).toEqual(['a FAILED', 'a COMPLETED_WITH_ERRORS', 'b SCHEDULED']);
  expect(taskOf(workflow, 'a').reasonForIncompletion).toBe('still');
  await complete(type);
  expect((await execution(id)).status).toBe('COMPLETED');
});

test.concurrent('optional helps against FAILED_WITH_TERMINAL_ERROR and CANCELED as well', async () => {
  for (const status of ['FAILED_WITH_TERMINAL_ERROR', 'CANCELED'] as const) {
    const type = await workType();
    const id = await started(await registered([simple(type, 'a', { optional: true }), simple(type, 'b')]));
    await finish(await polled(type), { status });
    expect(outline(await execution(id))).toEqual(['a COMPLETED_WITH_ERRORS', 'b SCHEDULED']);
  }
});
