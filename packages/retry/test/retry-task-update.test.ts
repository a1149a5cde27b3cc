import { getEventListeners } from 'node:events';
import { MAX_RETRIES, retryTaskUpdate, TaskUpdateError } from '@conductor-ts/retry';
import type { TaskUpdateAttempt } from '@conductor-ts/retry';
import { expect, test, vi } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { networkError, refused, reset } from './scripted-fetch.ts';

const taskResult = { taskId: 't1', outputData: { card: '4111' } };

test('four attempts, 10, 20 and 30 s apart, then the result comes back in the error', async () => {
  const { sleeps, sleep } = fakeTime();
  const cause = reset();
  const update = vi.fn(() => Promise.reject(cause));
  const error = await retryTaskUpdate(update, { sleep, taskResult }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TaskUpdateError);
  expect(error).toMatchObject({ code: 'TASK_UPDATE_FAILED', attempts: 4, cause, taskResult });
  expect([update.mock.calls.length, sleeps]).toEqual([MAX_RETRIES, [10_000, 20_000, 30_000]]);
});

test('with more attempts allowed the next wait is 40 s', async () => {
  const { sleeps, sleep } = fakeTime();
  await retryTaskUpdate(() => Promise.reject(refused()), { sleep, maxAttempts: 5 }).catch(() => undefined);
  expect(sleeps).toEqual([10_000, 20_000, 30_000, 40_000]);
});

test('the answer of the attempt that succeeds is handed out', async () => {
  const { sleep } = fakeTime();
  const update = vi.fn(({ attempt }: TaskUpdateAttempt) =>
    attempt < 3 ? Promise.reject(refused()) : Promise.resolve('t1'),
  );
  expect(await retryTaskUpdate(update, { sleep })).toBe('t1');
});

test.each([
  ['429', { status: 429 }, 4],
  ['500', { status: 500 }, 4],
  ['503, in a response', { response: { status: 503 } }, 4],
  ['502, as statusCode', { statusCode: 502 }, 4],
  ['a timeout', { name: 'TimeoutError', code: 'ATTEMPT_TIMEOUT' }, 4],
  ['a lost answer', { code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true }, 4],
  ['a lost connection', reset(), 4],
  ['400', { status: 400 }, 1],
  ['401', { status: 401 }, 1],
  ['404', { status: 404 }, 1],
  ['408', { status: 408 }, 1],
  ['413', { status: 413 }, 1],
  ['a wrong certificate', networkError('CERT_HAS_EXPIRED'), 1],
  ['a closed client', { code: 'CLIENT_CLOSED' }, 1],
])('%s: %o makes %i attempts', async (_name, error, attempts) => {
  const { sleep } = fakeTime();
  const update = vi.fn(() => Promise.reject(error));
  await expect(retryTaskUpdate(update, { sleep })).rejects.toMatchObject({ attempts });
  expect(update).toHaveBeenCalledTimes(attempts);
});

test('isRetryable has the last word', async () => {
  const { sleep } = fakeTime();
  const isRetryable = (error: unknown): boolean | undefined => (error === 'mine' ? false : undefined);
  await expect(retryTaskUpdate(() => Promise.reject('mine'), { sleep, isRetryable })).rejects.toMatchObject({
    attempts: 1,
  });
});

test('each attempt is told to switch its own retries off', async () => {
  const seen: TaskUpdateAttempt[] = [];
  await retryTaskUpdate(async (attempt) => seen.push(attempt));
  expect(seen).toMatchObject([{ attempt: 1, retry: false }]);
});

test('an attempt ends before the next one begins', async () => {
  const { sleep } = fakeTime();
  let running = 0;
  await retryTaskUpdate(
    async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      throw refused();
    },
    { sleep },
  ).catch(() => undefined);
  expect(running).toBe(0);
});

test.each<[string, () => Promise<never>]>([
  ['in an attempt that ignores its signal', () => new Promise(() => undefined)],
  ['between two attempts', () => Promise.reject(refused())],
])('an abort %s stops at once with the reason itself', async (_phase, attempt) => {
  const controller = new AbortController();
  const update = vi.fn(attempt);
  const failed = retryTaskUpdate(update, { signal: controller.signal, taskResult });
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort('shutdown');
  await expect(failed).rejects.toBe('shutdown');
  expect(update).toHaveBeenCalledTimes(1);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('an aborted signal starts nothing', async () => {
  const update = vi.fn(() => Promise.resolve());
  await expect(retryTaskUpdate(update, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
  expect(update).not.toHaveBeenCalled();
});

test('maxAttempts out of range is named', async () => {
  await expect(retryTaskUpdate(() => Promise.resolve(), { maxAttempts: 0 })).rejects.toThrow(/^maxAttempts must be/);
});

test.each([
  ['statusCode', { status: 'x', statusCode: 404 }, 404, 1],
  ['a response', { statusCode: 'x', response: { status: 404 } }, 404, 1],
  ['nothing', null, undefined, 4],
  ['a text', 'text', undefined, 4],
  ['no status at all', {}, undefined, 4],
])('the status in %s counts', async (_place, error, status, attempts) => {
  const { sleep } = fakeTime();
  const failed = retryTaskUpdate(() => Promise.reject(error), { sleep });
  await expect(failed).rejects.toMatchObject({ code: 'TASK_UPDATE_FAILED', status, attempts });
});

test('one attempt is enough where only one is allowed; the log says what comes next; nothing stays on the signal', async () => {
  const { signal } = new AbortController();
  const debug = vi.fn();
  const logger = { debug, info() {}, warn() {} };
  const { sleep } = fakeTime();
  expect(await retryTaskUpdate(async () => 'done', { maxAttempts: 1, signal })).toBe('done');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  await retryTaskUpdate(() => Promise.reject({ status: 503 }), { maxAttempts: 2, logger, sleep }).catch(
    () => undefined,
  );
  const fields = { attempt: 1, delayMs: 10_000, status: 503 };
  expect(debug.mock.calls).toEqual([['Task update failed, trying again', fields]]);
});

test('a logger or an isRetryable that throws does not cost the result: the rule decides', async () => {
  const fail = (): never => {
    throw new Error('thrown on purpose');
  };
  const { sleep } = fakeTime();
  const update = vi.fn(() => Promise.reject(reset()));
  const logger = { debug: fail, info: fail, warn: fail };
  const failed = retryTaskUpdate(update, { sleep, logger, isRetryable: fail, taskResult });
  await expect(failed).rejects.toMatchObject({ code: 'TASK_UPDATE_FAILED', attempts: 4, taskResult });
});

test('an update that gives its answer without a promise is made once', async () => {
  const update = vi.fn(() => 'done' as unknown as Promise<string>);
  expect(await retryTaskUpdate(update)).toBe('done');
  expect(update).toHaveBeenCalledTimes(1);
});

test('an abort in the turn in which a wait is over makes no further attempt', async () => {
  const controller = new AbortController();
  const update = vi.fn(() => Promise.reject(reset()));
  const options = { signal: controller.signal, sleep: async () => controller.abort('enough') };
  await expect(retryTaskUpdate(update, options)).rejects.toBe('enough');
  expect(update).toHaveBeenCalledTimes(1);
});

test("a signal that is not the platform's, without reason and throwIfAborted, starts nothing", async () => {
  const signal = Object.assign(new EventTarget(), { aborted: true }) as unknown as AbortSignal;
  const update = vi.fn(() => Promise.resolve());
  await expect(retryTaskUpdate(update, { signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(update).not.toHaveBeenCalled();
});
