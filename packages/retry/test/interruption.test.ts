import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call, Fetch, RetryFetchOptions, TokenSource } from '@conductor-ts/retry';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { refused, scriptedFetch } from './scripted-fetch.ts';

const URL_A = 'http://a.test/x';
const search: Call = { operation: 'workflow.search', replay: 'safe' };
const reason = { why: 'shutdown' };
const never = (): Promise<never> => new Promise(() => undefined);
const stubborn: Fetch = never;
const neverSource: TokenSource = { getToken: never, refreshToken: never };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const stuckBody: Fetch = async () => new Response(new ReadableStream());

test.each<[string, Fetch, RetryFetchOptions]>([
  ['the token', stubborn, { tokens: neverSource }],
  ['an attempt whose fetch ignores its signal', stubborn, {}],
  ['the body', stuckBody, {}],
  ['backoff', scriptedFetch(refused()), {}],
  ['a sleep that ignores its signal', scriptedFetch(refused()), { sleep: never }],
  [
    'a refresh',
    async () => new Response(null, { status: 401 }),
    { tokens: { getToken: () => 't', refreshToken: never } },
  ],
  ['the body of a 401', async () => new Response(new ReadableStream(), { status: 401 }), {}],
])(
  'an abort during %s rejects at once with the reason itself, and leaves nothing behind',
  async (_phase, fetch, options) => {
    const controller = new AbortController();
    const failed = wrapFetchWithRetry(fetch, options)(URL_A, { signal: controller.signal, call: { ...search } });
    const settled = vi.fn();
    failed.then(settled, settled);
    await vi.advanceTimersByTimeAsync(10);
    expect(settled).not.toHaveBeenCalled();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort(reason);
    await expect(failed).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test('an abort reaches the fetch below with its reason', async () => {
  const controller = new AbortController();
  let below: AbortSignal | undefined;
  const fetch: Fetch = (_input, init) => {
    below = init?.signal ?? undefined;
    return never();
  };
  const failed = wrapFetchWithRetry(fetch)(URL_A, { signal: controller.signal });
  controller.abort(reason);
  await expect(failed).rejects.toBe(reason);
  expect(below?.reason).toBe(reason);
});

test('a signal that is aborted already stops the call before anything is asked for or sent', async () => {
  const fetch = scriptedFetch(new Response());
  const tokens = { getToken: vi.fn(() => 't'), refreshToken: never };
  const signal = AbortSignal.abort(reason);
  await expect(wrapFetchWithRetry(fetch, { tokens })(URL_A, { signal })).rejects.toBe(reason);
  expect([fetch.sent.length, tokens.getToken.mock.calls.length]).toEqual([0, 0]);
});

test('the signal of a Request counts', async () => {
  const controller = new AbortController();
  const failed = wrapFetchWithRetry(stubborn)(new Request(URL_A, { signal: controller.signal }));
  controller.abort(reason);
  await expect(failed).rejects.toBe(reason);
});

test('an answer that comes after the call has ended is cancelled', async () => {
  const cancelled = vi.fn();
  let answer: (response: Response) => void = () => undefined;
  const fetch: Fetch = () => new Promise((resolve) => (answer = resolve));
  const controller = new AbortController();
  for (const init of [{}, { call: { ...search } }]) {
    const failed = wrapFetchWithRetry(fetch)(URL_A, { ...init, signal: AbortSignal.any([controller.signal]) });
    failed.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    answer(new Response(new ReadableStream({ cancel: cancelled })));
    await expect(failed).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT' });
  }
  await vi.advanceTimersByTimeAsync(0);
  expect(cancelled).toHaveBeenCalledTimes(2);
});

test('an attempt has 60 s by default, is not repeated, and says that it may be processed', async () => {
  const fetch = vi.fn(stubborn);
  const call = { ...search };
  const failed = wrapFetchWithRetry(fetch)(URL_A, { call });
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await expect(failed).rejects.toMatchObject({
    name: 'TimeoutError',
    code: 'ATTEMPT_TIMEOUT',
    timeoutMs: 60_000,
    mayHaveBeenProcessed: true,
    operation: 'workflow.search',
    attempts: 1,
  });
  expect(call).toMatchObject({ attempts: 1, failures: [{ outcome: 'timeout', code: 'ATTEMPT_TIMEOUT' }] });
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('the timer covers the body of a call, and timeoutMs of the call wins', async () => {
  const failed = wrapFetchWithRetry(stuckBody)(URL_A, { call: { ...search, timeoutMs: 500 } });
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(500);
  await expect(failed).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT', timeoutMs: 500 });
});

test('requestTimeoutMs: 0 sets no timer at all', async () => {
  const failed = wrapFetchWithRetry(stubborn, { requestTimeoutMs: 0 })(URL_A);
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10);
  expect(vi.getTimerCount()).toBe(0);
});

test('a wait for a token takes nothing from the time of the attempt', async () => {
  const slow: TokenSource = {
    getToken: () => new Promise((resolve) => setTimeout(() => resolve('t'), 800)),
    refreshToken: never,
  };
  const fetch: Fetch = () => new Promise((resolve) => setTimeout(() => resolve(new Response('late')), 800));
  const answered = wrapFetchWithRetry(fetch, { tokens: slow, requestTimeoutMs: 1_000 })(URL_A);
  await vi.advanceTimersByTimeAsync(1_600);
  expect(await (await answered).text()).toBe('late');
});

test('a token that never comes is a timeout in which nothing was sent', async () => {
  const failed = wrapFetchWithRetry(stubborn, { tokens: neverSource, requestTimeoutMs: 1_000 })(URL_A);
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(failed).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT', mayHaveBeenProcessed: false });
});

test('totalTimeoutMs covers token, attempts, waits and body together', async () => {
  const steps = [refused(), refused(), new Response(new ReadableStream())];
  const fetch: Fetch = async () => {
    const step = steps.shift();
    if (step instanceof Error) throw step;
    return step as Response;
  };
  const failed = wrapFetchWithRetry(fetch, { jitter: 0 })(URL_A, { call: { ...search, totalTimeoutMs: 5_000 } });
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(5_000);
  await expect(failed).rejects.toMatchObject({
    code: 'TOTAL_TIMEOUT',
    timeoutMs: 5_000,
    attempts: 3,
    failures: [{ outcome: 'unsent' }, { outcome: 'unsent' }, { outcome: 'timeout' }],
  });
});

test('a streaming answer stops the timer with its headers, and the abort still reaches its body', async () => {
  const controller = new AbortController();
  const response = await wrapFetchWithRetry(stuckBody)(URL_A, { signal: controller.signal });
  expect(vi.getTimerCount()).toBe(0);
  const reading = response.text();
  controller.abort(reason);
  await expect(reading).rejects.toBe(reason);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test.each<[string, (response: Response) => Promise<unknown>]>([
  ['json()', (response) => response.json()],
  ['text()', (response) => response.text()],
  ['arrayBuffer()', (response) => response.arrayBuffer()],
  ['reading its stream', (response) => new Response(response.body).text()],
  ['cancelling its stream', async (response) => response.body?.cancel()],
])('%s takes the listener off the signal', async (_way, read) => {
  const controller = new AbortController();
  const fetch: Fetch = async () => new Response('{"a":1}');
  const response = await wrapFetchWithRetry(fetch)(URL_A, { signal: controller.signal });
  expect(response).toBeInstanceOf(Response);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  await read(response);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test.each<[string, (response: Response) => Promise<unknown>]>([
  ['text()', (response) => response.text()],
  ['reading its stream', (response) => new Response(response.body).text()],
])('%s of a body that breaks off takes the listener off too', async (_way, read) => {
  const controller = new AbortController();
  const broken = new ReadableStream({ pull: (source) => source.error(new Error('broken off')) });
  const fetch: Fetch = async () => new Response(broken);
  const response = await wrapFetchWithRetry(fetch)(URL_A, { signal: controller.signal });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  await expect(read(response)).rejects.toThrow();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('cancelling the stream of an answer cancels the one below, with the reason', async () => {
  const cancelled = vi.fn();
  const below = new ReadableStream({ cancel: cancelled });
  const { signal } = new AbortController();
  const response = await wrapFetchWithRetry(async () => new Response(below))(URL_A, { signal });
  await response.body?.cancel('not wanted');
  expect(cancelled).toHaveBeenCalledWith('not wanted');
});

test('an abort from within the fetch cancels what that fetch still answers', async () => {
  const cancelled = vi.fn();
  const controller = new AbortController();
  const aborting: Fetch = () => {
    controller.abort(reason);
    return Promise.resolve(new Response(new ReadableStream({ cancel: cancelled })));
  };
  await expect(wrapFetchWithRetry(aborting)(URL_A, { signal: controller.signal })).rejects.toBe(reason);
  await vi.advanceTimersByTimeAsync(0);
  expect(cancelled).toHaveBeenCalledTimes(1);
  const failing: Fetch = () => {
    second.abort(reason);
    return Promise.reject(new Error('late'));
  };
  const second = new AbortController();
  await expect(wrapFetchWithRetry(failing)(URL_A, { signal: second.signal })).rejects.toBe(reason);
});

test('an answer that was handed out is not cancelled by a later abort of the same call', async () => {
  const controller = new AbortController();
  const call = { ...search };
  const response = await wrapFetchWithRetry(async () => new Response('{"a":1}'))(URL_A, {
    signal: controller.signal,
    call,
  });
  controller.abort(reason);
  expect(await response.json()).toEqual({ a: 1 });
});

test('the time of an attempt does not run in the wait before the next one', async () => {
  const fetch = scriptedFetch(refused(), new Response('second'));
  const answered = wrapFetchWithRetry(fetch, { requestTimeoutMs: 100, jitter: 0 })(URL_A);
  await vi.advanceTimersByTimeAsync(999);
  // That of the wait.
  expect([fetch.sent.length, vi.getTimerCount()]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await (await answered).text()).toBe('second');
});

test('a sleep that never ends is ended by the total limit', async () => {
  const failed = wrapFetchWithRetry(scriptedFetch(refused()), { sleep: never, requestTimeoutMs: 100 })(URL_A, {
    call: { ...search, totalTimeoutMs: 5_000 },
  });
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await expect(failed).rejects.toMatchObject({ code: 'TOTAL_TIMEOUT', attempts: 1, mayHaveBeenProcessed: false });
});

test('an answer without a body leaves no listener', async () => {
  const controller = new AbortController();
  const fetch: Fetch = async () => new Response(null, { status: 204 });
  await wrapFetchWithRetry(fetch)(URL_A, { signal: controller.signal });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('thousands of calls with one signal leave nothing on it and cause no warning', async () => {
  vi.useRealTimers();
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on('warning', note);
  try {
    const { signal } = new AbortController();
    const retrying = wrapFetchWithRetry(scriptedFetch(new Response('{}')));
    for (let i = 0; i < 1_000; i += 1) await retrying(URL_A, { signal, call: { ...search } });
    await Promise.all(Array.from({ length: 500 }, () => retrying(URL_A, { signal, call: { ...search } })));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  } finally {
    process.off('warning', note);
  }
});

test('an answer that comes in the same moment as the abort is not handed out', async () => {
  const controller = new AbortController();
  const fetch = wrapFetchWithRetry(() => {
    const answer = Promise.resolve(new Response('late'));
    // After the answer has been taken, and before anybody could have gone on with it.
    void answer.then(() => queueMicrotask(() => controller.abort('mine')));
    return answer;
  });
  await expect(fetch('http://a.example/', { signal: controller.signal })).rejects.toBe('mine');
});

test('a call that fails leaves no listener and no timer, and what its last attempt left running below is ended', async () => {
  const { signal } = new AbortController();
  let below: AbortSignal | null | undefined;
  const fetch: Fetch = (_input, init) => {
    below = init?.signal;
    return Promise.reject(new Error('certificate', { cause: { code: 'CERT_HAS_EXPIRED' } }));
  };
  await expect(wrapFetchWithRetry(fetch)(URL_A, { signal, call: { ...search } })).rejects.toThrow('certificate');
  expect(below?.aborted).toBe(true);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('the fetch below hears in words why its attempt has ended', async () => {
  let below: AbortSignal | null | undefined;
  const fetch: Fetch = (_input, init) => {
    below = init?.signal;
    return never();
  };
  const failed = wrapFetchWithRetry(fetch)(URL_A);
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(below?.reason).toMatchObject({ name: 'TimeoutError', message: 'The time of this step is over' });
});

test('a refresh has a time of its own', async () => {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const statuses = [401, 200];
  const fetch: Fetch = () => wait(800).then(() => new Response(null, { status: statuses.shift() ?? 500 }));
  const tokens: TokenSource = { getToken: () => 'old', refreshToken: () => wait(800).then(() => 'new') };
  const answered = wrapFetchWithRetry(fetch, { tokens, requestTimeoutMs: 1_000 })(URL_A);
  await vi.advanceTimersByTimeAsync(2_400);
  expect((await answered).status).toBe(200);
});

test('a wait for a token that takes too long is no failed attempt', async () => {
  const call = { ...search };
  const failed = wrapFetchWithRetry(stubborn, { tokens: neverSource, requestTimeoutMs: 1_000 })(URL_A, { call });
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(failed).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT', failures: [] });
});

test('a body that is no web stream, and a way to read it that is not there, stay as they are under a signal', async () => {
  const { signal } = new AbortController();
  const body = Readable.from(['x']);
  const answer = { status: 200, body, headers: new Headers(), text: () => Promise.resolve('x') };
  const response = await wrapFetchWithRetry(async () => answer as unknown as Response)(URL_A, { signal });
  expect(response.body).toBe(body);
  expect('bytes' in response).toBe(false);
  expect(await response.text()).toBe('x');
});
