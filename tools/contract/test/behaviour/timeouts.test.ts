import type { TaskDef, Workflow, WorkflowDef } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, eventually, finish, inStatus, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { execution, outline, taskOf, workType } from '../../src/work.ts';

/** The first task has ended, and the next one is there: the real server may show that one a moment before the end of the first. */
function hasTurned({ tasks: [first, next] }: Workflow): boolean {
  return next !== undefined && first?.status !== 'SCHEDULED' && first?.status !== 'IN_PROGRESS';
}

async function oneTask(def: Partial<TaskDef>, more: Partial<WorkflowDef> = {}): Promise<{ id: string; type: string }> {
  const type = await workType({ retryDelaySeconds: 0, ...def });
  return { type, id: await started(await registered([simple(type, 'a')], more)) };
}

const aTimeout = (text: string): unknown => expect.stringMatching(new RegExp(`^${text}$`)) as unknown;

test.concurrent('a worker that is silent for its response timeout loses the task, which is tried again', async () => {
  const { id, type } = await oneTask({ responseTimeoutSeconds: 1, retryCount: 1 });
  const { taskId } = await polled(type);
  const workflow = await eventually(async () => {
    const now = await execution(id);
    return hasTurned(now) && now;
  });
  expect(outline(workflow)).toEqual(['a TIMED_OUT', 'a SCHEDULED']);
  expect(workflow.tasks[0]).toMatchObject({
    retried: true,
    reasonForIncompletion: `responseTimeout: 1 exceeded for the taskId: ${taskId} with Task Definition: ${type}`,
  });
  await client.task.update({ body: { taskId, workflowInstanceId: id, status: 'COMPLETED', outputData: { late: 1 } } });
  expect((await client.task.get({ taskId })).status, 'the late report is ignored').toBe('TIMED_OUT');
});

test.concurrent('without retries the response timeout times out the workflow, whatever the policy', async () => {
  const { id, type } = await oneTask({ responseTimeoutSeconds: 1, timeoutSeconds: 60, timeoutPolicy: 'ALERT_ONLY' });
  const { taskId } = await polled(type);
  expect((await inStatus(id, 'TIMED_OUT')).reasonForIncompletion).toBe(
    `Task ${taskId} failed with status: TIMED_OUT and reason: 'responseTimeout: 1 exceeded for the taskId: ${taskId} with Task Definition: ${type}'`,
  );
});

test.concurrent('an optional task that times out lets the workflow go on', async () => {
  const type = await workType({ responseTimeoutSeconds: 1 });
  const id = await started(await registered([simple(type, 'a', { optional: true }), simple(type, 'b')]));
  await polled(type);
  const workflow = await eventually(async () => {
    const now = await execution(id);
    return hasTurned(now) && now;
  });
  expect(outline(workflow)).toEqual(['a COMPLETED_WITH_ERRORS', 'b SCHEDULED']);
});

test.concurrent('a task that nobody polls in time takes the workflow along, by its policy', async () => {
  const { id } = await oneTask({ pollTimeoutSeconds: 1, retryCount: 3 });
  const reason = aTimeout(
    'Task poll timed out after \\d+ seconds. Poll timeout configured as 1 seconds. Timeout policy configured to TIME_OUT_WF',
  );
  const workflow = await inStatus(id, 'TIMED_OUT');
  expect(workflow.reasonForIncompletion).toEqual(reason);
  expect(taskOf(workflow, 'a')).toMatchObject({ status: 'TIMED_OUT', reasonForIncompletion: reason });
});

test.concurrent('or is tried again, with the policy to RETRY', async () => {
  const { id } = await oneTask({ pollTimeoutSeconds: 1, retryCount: 1, timeoutPolicy: 'RETRY' });
  const workflow = await eventually(async () => {
    const now = await execution(id);
    return hasTurned(now) && now;
  });
  expect(workflow.tasks[0]).toMatchObject({
    status: 'TIMED_OUT',
    reasonForIncompletion: aTimeout('Task poll timed out after .* Timeout policy configured to RETRY'),
  });
});

test.concurrent('a workflow that takes too long is over, and its tasks are cancelled', async () => {
  const { id, type } = await oneTask({}, { timeoutSeconds: 1, timeoutPolicy: 'TIME_OUT_WF' });
  const { taskId } = await polled(type);
  const workflow = await inStatus(id, 'TIMED_OUT');
  expect(workflow.reasonForIncompletion).toEqual(
    aTimeout(
      'Workflow timed out after \\d+ seconds. Timeout configured as 1 seconds. Timeout policy configured to TIME_OUT_WF',
    ),
  );
  expect(outline(workflow)).toEqual(['a CANCELED']);
  expect((await client.task.get({ taskId })).status).toBe('CANCELED');
});

test.concurrent('ALERT_ONLY ends nothing', async () => {
  const alert = { timeoutPolicy: 'ALERT_ONLY' } as const;
  const { id } = await oneTask({ pollTimeoutSeconds: 1, ...alert }, { timeoutSeconds: 1, ...alert });
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(outline(await execution(id))).toEqual(['a SCHEDULED']);
  expect((await execution(id)).status).toBe('RUNNING');
});

test.concurrent('a lease that is extended in time does not run out', async () => {
  const { id, type } = await oneTask({ responseTimeoutSeconds: 6 });
  const task = await polled(type);
  for (let beat = 0; beat < 15; beat += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await finish(task, { status: 'IN_PROGRESS', extendLease: true });
  }
  expect(outline(await execution(id))).toEqual(['a IN_PROGRESS']);
  await finish(task);
  expect((await execution(id)).status).toBe('COMPLETED');
});

test.concurrent('all attempts together have a total time, pauses included', async () => {
  const { id, type } = await oneTask({ totalTimeoutSeconds: 4, retryCount: 5, retryDelaySeconds: 4 });
  await finish(await polled(type), { status: 'FAILED' });
  expect(outline(await execution(id)), 'a retry is planned even beyond it').toEqual(['a FAILED', 'a SCHEDULED']);
  const workflow = await eventually(async () => {
    const now = await execution(id);
    return now.status === 'TIMED_OUT' && now;
  });
  expect(workflow.reasonForIncompletion).toEqual(
    aTimeout(
      `Task ${type}/[0-9a-f-]{36} exceeded total timeout of 4 seconds \\(elapsed \\d+ seconds across all attempts including retry delays\\). Timeout policy: TIME_OUT_WF`,
    ),
  );
});
