import { retryTaskUpdate, wrapFetchWithRetry } from '@conductor-ts/retry';
import type { TaskUpdateAttempt } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from '../fake-time.ts';
import { answer, applyThen, type Behaviour, type RawServer, startRawServer } from './raw-server.ts';

const taskResult = { taskId: 't1', status: 'COMPLETED', outputData: { answer: 42 } };
const reset: Behaviour = (socket) => void socket.resetAndDestroy();

test('a result gets through a lost answer, a 429 and a 503, and is the same in each attempt', async () => {
  await using server = await startRawServer();
  server.behave(applyThen(server, reset), answer(429, '{}'), answer(503, '{}'), applyThen(server, answer(200, '{}')));
  const { sleep, sleeps } = fakeTime();
  expect(await retryTaskUpdate(sender(server), { taskResult, sleep })).toBe(200);
  expect(sleeps).toEqual([10_000, 20_000, 30_000]);
  expect(server.received.map(bodyOf)).toEqual(Array(4).fill(JSON.stringify(taskResult)));
});

test.each([400, 404, 413])(
  'a %i is final: one request, and the result comes back for the caller to store',
  async (status) => {
    await using server = await startRawServer();
    server.behave(answer(status, '{}'));
    const { sleep, sleeps } = fakeTime();
    const error: unknown = await retryTaskUpdate(sender(server), { taskResult, sleep }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'TASK_UPDATE_FAILED', attempts: 1, status, taskResult });
    expect([server.received.length, sleeps]).toEqual([1, []]);
  },
);

test('a server that stays down: four requests, no layer below multiplies them, and the result comes back', async () => {
  await using server = await startRawServer();
  server.behave(reset);
  const { sleep } = fakeTime();
  const error: unknown = await retryTaskUpdate(sender(server), { taskResult, sleep }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ attempts: 4, taskResult });
  expect(server.received).toHaveLength(4);
});

test('an abort in an attempt on the wire stops at once: no further request', async () => {
  await using server = await startRawServer();
  const controller = new AbortController();
  server.behave(() => controller.abort('shutdown'));
  const failed = retryTaskUpdate(sender(server), { taskResult, signal: controller.signal });
  await expect(failed).rejects.toBe('shutdown');
  expect(server.received).toHaveLength(1);
});

/** Sends the result as a client does: over a fetch with retries of its own, which are off for this call. */
function sender(server: RawServer): (attempt: TaskUpdateAttempt) => Promise<number> {
  const retrying = wrapFetchWithRetry(fetch, { retryServerErrors: true, sleep: fakeTime().sleep });
  return async ({ retry, signal }) => {
    const call = { operation: 'task.update', replay: 'safe' as const, retry };
    const init = { method: 'POST', body: JSON.stringify(taskResult), signal, call };
    const { status } = await retrying(server.url, init);
    if (status >= 400) throw Object.assign(new Error('refused'), { status });
    return status;
  };
}

function bodyOf(request: string): string {
  return request.slice(request.indexOf('\r\n\r\n') + 4);
}
