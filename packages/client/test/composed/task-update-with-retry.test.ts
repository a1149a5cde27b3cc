import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { taskUpdateWithRetry } from '../../src/composed/task-update-with-retry.ts';
import { AmbiguousRequestError, TaskUpdateError } from '../../src/index.ts';
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

test('what was never sent is not tried again: no body, and a closed client', async () => {
  const sleeps: number[] = [];
  const sleep = async (ms: number): Promise<void> => void sleeps.push(ms);
  const { caller, sent, lifetime } = recordingCaller();
  await expect(taskUpdateWithRetry(caller, undefined as never, { sleep })).rejects.toMatchObject({
    attempts: 1,
    cause: { code: 'INVALID_REQUEST', path: 'body' },
  });
  await lifetime.close(0, async () => undefined);
  await expect(taskUpdateWithRetry(caller, { body }, { sleep })).rejects.toMatchObject({
    cause: { code: 'CLIENT_CLOSED' },
    taskResult: body,
  });
  expect([sent, sleeps]).toEqual([[], []]);
});

const handBack = { ...body, status: 'IN_PROGRESS', callbackAfterSeconds: 5 };
const lost = (): Error =>
  new AmbiguousRequestError({ operation: 'task.update', attempts: 1, failures: [], cause: undefined });

test.each([
  ['a lost answer', lost],
  ['a 502', () => json({}, 502)],
])('a task that is handed back may be with another worker after %s: it is not handed back again', async (_, answer) => {
  const { caller, sent } = recordingCaller(() => {
    const outcome = answer();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
  const sleep = async (): Promise<void> => undefined;
  await expect(taskUpdateWithRetry(caller, { body: handBack }, { sleep })).rejects.toMatchObject({ attempts: 1 });
  expect(sent[0]?.init.call.replay).toBe('unsafe');
  // A lease that is extended twice is a lease, and the caller's own rule wins.
  await expect(taskUpdateWithRetry(caller, { body: { ...handBack, extendLease: true } }, { sleep })).rejects.toThrow(
    TaskUpdateError,
  );
  expect(sent).toHaveLength(5);
  expect(sent.at(-1)?.init.call.replay).toBe('safe');
  await taskUpdateWithRetry(caller, { body: handBack }, { sleep, isRetryable: () => true }).catch(() => undefined);
  expect(sent).toHaveLength(9);
});

test('a task that is handed back is not handed back again after an error that proves nothing', async () => {
  let calls = 0;
  const caller = {
    execute(): Promise<never> {
      calls += 1;
      return Promise.reject(new Error('metrics down'));
    },
  };
  const sleep = async (): Promise<void> => undefined;
  await expect(taskUpdateWithRetry(caller, { body: handBack }, { sleep })).rejects.toMatchObject({ attempts: 1 });
  expect(calls).toBe(1);
});

test('a task that is handed back is handed back again where nothing was sent or done', async () => {
  const { caller, sent } = recordingCaller(() => {
    if (sent.length === 1) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED', requestSent: false });
    return sent.length === 2 ? json({}, 429) : new Response('t');
  });
  expect(await taskUpdateWithRetry(caller, { body: handBack }, { sleep: async () => undefined })).toBe('t');
  expect(sent).toHaveLength(3);
});

test('the pause between two attempts ends when the client closes, and the result is in the error', async () => {
  const { caller, lifetime } = recordingCaller(() => json({}, 503));
  const controller = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const client = { ...caller, closing: controller.signal };
    const call = taskUpdateWithRetry(client, { body });
    while (vi.getTimerCount() === 0) await nextTurn();
    await lifetime.close(0, async () => controller.abort());
    await expect(call).rejects.toMatchObject({ attempts: 2, taskResult: body, cause: { code: 'CLIENT_CLOSED' } });
  } finally {
    vi.useRealTimers();
  }
});
