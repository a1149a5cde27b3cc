import { expect, test } from 'vitest';
import { taskUpdateWithRetry } from '../../src/composed/task-update-with-retry.ts';
import { TaskUpdateError } from '../../src/index.ts';
import { json, recordingCaller } from '../recording-caller.ts';

const body = { taskId: 't', workflowInstanceId: 'w', status: 'COMPLETED', outputData: { ok: true } };

test('a result is reported in four attempts with 10, 20 and 30 s between them', async () => {
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  const { caller, sent } = recordingCaller(() => (sent.length < 4 ? json({}, 503) : new Response('t')));
  expect(await taskUpdateWithRetry(caller, { body }, { sleep })).toBe('t');
  expect(waits).toEqual([10_000, 20_000, 30_000]);
  // Retries of its own would multiply with these.
  expect(sent.map(({ init }) => init.call.retry)).toEqual([false, false, false, false]);
});

test('the last failure hands the result back', async () => {
  const { caller } = recordingCaller(() => json({}, 503));
  const error = await taskUpdateWithRetry(caller, { body }, { sleep: async () => undefined }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(TaskUpdateError);
  expect((error as TaskUpdateError).taskResult).toEqual(body);
});

test('a refusal is final at once', async () => {
  const { caller, sent } = recordingCaller(() => json({}, 404));
  await expect(taskUpdateWithRetry(caller, { body })).rejects.toThrow(TaskUpdateError);
  expect(sent).toHaveLength(1);
});
