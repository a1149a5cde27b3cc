import type { WorkflowTask } from '@conductor-ts/client';
import { expect, test } from 'vitest';
import { client, finish, inStatus } from '../../src/contract.ts';
import { registered, started } from '../../src/given.ts';
import { execution, outline, taskOf } from '../../src/work.ts';

const NO_END = 2_147_483_647;

function wait(inputParameters: Record<string, unknown> = {}): WorkflowTask {
  return { name: 'pause', taskReferenceName: 'w', type: 'WAIT', inputParameters };
}

async function waiting(inputParameters: Record<string, unknown> = {}): Promise<string> {
  return started(await registered([wait(inputParameters)]));
}

test.concurrent('a wait without an end is in progress until somebody ends it', async () => {
  const id = await waiting();
  expect(taskOf(await execution(id), 'w')).toMatchObject({
    status: 'IN_PROGRESS',
    taskType: 'WAIT',
    taskDefName: 'pause',
    callbackAfterSeconds: NO_END,
    pollCount: 0,
    updateTime: 0,
    outputData: {},
  });
  await client.task.updateByRef({ workflowId: id, taskRefName: 'w', status: 'COMPLETED', body: { by: 'ref' } });
  expect(await execution(id)).toMatchObject({ status: 'COMPLETED', output: { by: 'ref' } });
});

test.concurrent('a wait is ended by a report with its id, too', async () => {
  const id = await waiting();
  await finish(taskOf(await execution(id), 'w'), { outputData: { by: 'id' } });
  expect(await execution(id)).toMatchObject({ status: 'COMPLETED', output: { by: 'id' } });
});

test.concurrent('a failed wait fails its workflow', async () => {
  const id = await waiting();
  await client.task.updateByRef({ workflowId: id, taskRefName: 'w', status: 'FAILED', body: { e: 1 } });
  expect(await execution(id)).toMatchObject({ status: 'FAILED', output: { e: 1 } });
});

test.concurrent('a wait of a duration ends by itself', async () => {
  const id = await waiting({ duration: '4 seconds' });
  const before = taskOf(await execution(id), 'w');
  expect(before).toMatchObject({ status: 'IN_PROGRESS', callbackAfterSeconds: 4 });
  const after = taskOf(await inStatus(id, 'COMPLETED'), 'w');
  expect((after.endTime ?? 0) - (after.startTime ?? 0)).toBeGreaterThan(3_900);
});

test.concurrent.each([
  ['1m 2s', 62],
  ['2 days 3 hours', 183_600],
])('the duration %s is %i seconds', async (duration, seconds) => {
  expect(taskOf(await execution(await waiting({ duration })), 'w').callbackAfterSeconds).toBe(seconds);
});

test.concurrent('a wait until an instant that has passed is over soon', async () => {
  await inStatus(await waiting({ until: '2020-01-01 00:00 UTC' }), 'COMPLETED');
});

test.concurrent.each([
  ['2099-01-01', '2099-01-01T00:00:00Z'],
  ['2099-01-01 10:00', '2099-01-01T10:00:00Z'],
  ['2099-01-01 10:00 GMT+02:00', '2099-01-01T08:00:00Z'],
])('a wait until %s', async (until, instant) => {
  const { startTime, callbackAfterSeconds } = taskOf(await execution(await waiting({ until })), 'w');
  const endsAt = (startTime ?? 0) + (callbackAfterSeconds ?? 0) * 1_000;
  expect(Math.abs(endsAt - Date.parse(instant))).toBeLessThan(30_000);
});

test.concurrent('an empty duration, and inputs of other names, are no end', async () => {
  for (const input of [{ duration: '' }, { duration: null }, { seconds: 5 }]) {
    expect(taskOf(await execution(await waiting(input)), 'w').callbackAfterSeconds).toBe(NO_END);
  }
});

test.concurrent('a HUMAN task is in progress until somebody updates it', async () => {
  const step: WorkflowTask = { name: 'ask', taskReferenceName: 'h', type: 'HUMAN', inputParameters: { question: 1 } };
  const id = await started(await registered([step]));
  expect(taskOf(await execution(id), 'h')).toMatchObject({
    status: 'IN_PROGRESS',
    taskType: 'HUMAN',
    inputData: { question: 1 },
  });
  await client.task.updateByRef({ workflowId: id, taskRefName: 'h', status: 'COMPLETED', body: { answer: 2 } });
  expect(await execution(id)).toMatchObject({ status: 'COMPLETED', output: { answer: 2 } });
});

test.concurrent('a termination cancels what waits', async () => {
  const id = await waiting();
  await client.workflow.terminate({ workflowId: id });
  expect(outline(await execution(id))).toEqual(['w CANCELED']);
});
