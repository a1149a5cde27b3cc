import { retryFetch, wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call, RetryFetchOptions } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { networkError, refused, reset, scriptedFetch } from './scripted-fetch.ts';

test('calls of retryFetch with one options object spend from one budget', async () => {
  const options: RetryFetchOptions = { ...fakeTime(), retryBudget: { tokens: 5, retryCost: 5 } };
  const fetch = scriptedFetch(refused());
  for (let i = 0; i < 3; i += 1) await retryFetch('http://a', undefined, fetch, options).catch(() => undefined);
  expect(fetch.sent).toHaveLength(2 + 1 + 1);
});

test('who has waited out a 429 makes room for the next', async () => {
  const fetch = scriptedFetch(...[429, 200, 429, 200, 429, 200].map((status) => new Response(null, { status })));
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), maxRateLimitWaiters: 1 });
  for (let i = 0; i < 3; i += 1) expect((await retrying('http://a')).status).toBe(200);
});

test('who waits after a lost connection takes no room from those who wait out a 429', async () => {
  const fetch = scriptedFetch(refused(), new Response(null, { status: 429 }), new Response());
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), maxRateLimitWaiters: 1 });
  expect((await retrying('http://a')).status).toBe(200);
});

test('only a retry refused for want of budget is told as such', async () => {
  const lines: string[] = [];
  const logger = { debug() {}, info() {}, warn: (message: string) => void lines.push(message) };
  const retrying = wrapFetchWithRetry(scriptedFetch(refused()), { ...fakeTime(), logger });
  await retrying('http://a').catch(() => undefined);
  expect(lines.filter((line) => line.includes('budget'))).toEqual([]);
});

test('retryAfterMs is on an answer that asks for a wait, and on no other', async () => {
  const answer = async (status: number, headers: Record<string, string>): Promise<object> =>
    wrapFetchWithRetry(scriptedFetch(new Response(null, { status, headers })), { ...fakeTime() })('http://a');
  expect(await answer(429, { 'retry-after': '90' })).toHaveProperty('retryAfterMs', 90_000);
  expect('retryAfterMs' in (await answer(404, { 'retry-after': '90' }))).toBe(false);
  expect('retryAfterMs' in (await answer(429, {}))).toBe(false);
});

test('each failure tells how long its attempt took', async () => {
  const time = fakeTime();
  const call: Call = { operation: 'x', replay: 'safe' };
  const fetch = scriptedFetch(
    () => {
      time.advance(70);
      throw reset();
    },
    () => {
      time.advance(-500);
      throw networkError('UND_ERR_HEADERS_TIMEOUT');
    },
  );
  await wrapFetchWithRetry(fetch, time)('http://a', { call }).catch(() => undefined);
  expect(call.failures).toEqual([
    { outcome: 'ambiguous', code: 'ECONNRESET', durationMs: 70 },
    { outcome: 'timeout', code: 'UND_ERR_HEADERS_TIMEOUT', durationMs: 0 },
  ]);
});

test('after a wait the token source is asked again; without one the token of the replay stays', async () => {
  const script = (): ReturnType<typeof scriptedFetch> =>
    scriptedFetch(new Response(null, { status: 401 }), new Response(null, { status: 429 }), new Response());
  const sent = (fetch: ReturnType<typeof scriptedFetch>): unknown[] =>
    fetch.sent.map(({ init }) => new Headers(init?.headers).get('x-authorization'));
  let current = 'a';
  const tokens = {
    getToken: () => current,
    refreshToken: () => {
      current = 'c';
      return 'b';
    },
  };
  const withTokens = script();
  await wrapFetchWithRetry(withTokens, { ...fakeTime(), tokens })('http://a');
  expect(sent(withTokens)).toEqual(['a', 'b', 'c']);
  const withHook = script();
  await wrapFetchWithRetry(withHook, { ...fakeTime(), onAuthFailure: async () => 'b' })('http://a');
  expect(sent(withHook)).toEqual([null, 'b', 'b']);
});

test('the body of a streaming answer under a signal is whole, and one that breaks says so', async () => {
  const { signal } = new AbortController();
  const read = async (body: ReadableStream<Uint8Array>): Promise<string> =>
    new Response((await wrapFetchWithRetry(async () => new Response(body))('http://a', { signal })).body).text();
  const chunks = ['one ', 'two ', 'three'].map((text) => new TextEncoder().encode(text));
  expect(await read(ReadableStream.from(chunks))).toBe('one two three');
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('broken off')) });
  await expect(read(broken)).rejects.toThrow();
});

test('an error answer after a lost one is in the error, body and all, with what lost the first', async () => {
  const lost = reset();
  for (const [call, status] of [
    [undefined, 400],
    [{ operation: 'x', replay: 'unsafe' as const }, 400],
    [undefined, 404],
  ] as const) {
    const fetch = scriptedFetch(lost, new Response('gone', { status }));
    const options = { ...fakeTime(), ambiguousWrites: 'retry' as const };
    const failed = wrapFetchWithRetry(fetch, options)('http://a', { method: 'POST', call });
    const error = (await failed.catch((caught: unknown) => caught)) as { response: Response; cause: unknown };
    expect(error).toMatchObject({ code: 'AMBIGUOUS_REQUEST', status });
    expect(error.cause).toBe(lost);
    expect(await error.response.text()).toBe('gone');
  }
});

test('a safe write that got lost and could then not be sent says what lost it', async () => {
  const lost = reset();
  const failed = wrapFetchWithRetry(scriptedFetch(lost, refused()), fakeTime())('http://a', { method: 'DELETE' });
  const error: unknown = await failed.catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'AMBIGUOUS_REQUEST' });
  expect((error as Error).cause).toBe(lost);
});

test('a call whose answer got lost may be processed, also when its time then ends before anything is sent', async () => {
  let asked = 0;
  const getToken = (): string | Promise<string> => {
    asked += 1;
    return asked === 1 ? 'token' : new Promise<string>(() => undefined);
  };
  const tokens = { getToken, refreshToken: () => undefined };
  const options = { ...fakeTime(), tokens, requestTimeoutMs: 20 };
  await expect(wrapFetchWithRetry(scriptedFetch(reset()), options)('http://a')).rejects.toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    mayHaveBeenProcessed: true,
  });
});

test('a retry that succeeds gives back what it cost; any other success, a 429 and a 500 do not', async () => {
  const retryBudget = { tokens: 10, retryCost: 5, successRefund: 0 };
  const paying = scriptedFetch(...Array.from({ length: 5 }).flatMap(() => [refused(), new Response()]));
  const retrying = wrapFetchWithRetry(paying, { ...fakeTime(), retryBudget });
  for (let i = 0; i < 5; i += 1) expect((await retrying('http://a')).status).toBe(200);
  for (const [status, successRefund] of [
    [200, 0],
    [429, 5],
    [500, 5],
  ] as const) {
    const fetch = scriptedFetch(refused(), refused(), new Response(null, { status }), refused());
    const options = { ...fakeTime(), retryBudget: { tokens: 5, retryCost: 5, successRefund } };
    const spent = wrapFetchWithRetry(fetch, { ...options, maxTransportRetries: 1, maxRateLimitRetries: 0 });
    await spent('http://a').catch(() => undefined);
    expect((await spent('http://a')).status).toBe(status);
    await spent('http://a').catch(() => undefined);
    expect(fetch.sent).toHaveLength(2 + 1 + 1);
  }
});

test('of a long error answer after a lost one the error holds the beginning, and the rest is given up', async () => {
  let chunks = 0;
  let cancelled = 0;
  const long = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(65_536).fill(97));
      chunks += 1;
      if (chunks === 100) controller.close();
    },
    cancel: () => void (cancelled += 1),
  });
  const fetch = scriptedFetch(reset(), () => new Response(long, { status: 404 }));
  const failed = wrapFetchWithRetry(fetch, fakeTime())('http://a', { method: 'DELETE' });
  const error = (await failed.catch((caught: unknown) => caught)) as { response: Response };
  expect(await error.response.text()).toMatch(/^a+$/);
  expect([cancelled, chunks < 100]).toEqual([1, true]);
});

test('each server has a budget of its own', async () => {
  const fetch = scriptedFetch(refused());
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), retryBudget: { tokens: 5, retryCost: 5 } });
  for (const url of ['http://a/1', 'http://a/2', 'http://b/1']) await retrying(url).catch(() => undefined);
  // One retry is paid for, the next call to the same server has nothing left, and another server has its own.
  expect(fetch.sent.map(({ input }) => input)).toEqual([
    'http://a/1',
    'http://a/1',
    'http://a/2',
    'http://b/1',
    'http://b/1',
  ]);
});

test('to wait out a 429 costs nothing of the budget', async () => {
  const busy = new Response(null, { status: 429 });
  const fetch = scriptedFetch(busy, busy, new Response(), refused(), new Response());
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), retryBudget: { tokens: 5, retryCost: 5 } });
  expect((await retrying('http://a')).status).toBe(200);
  expect((await retrying('http://a')).status).toBe(200);
});

test('those who have waited after lost connections make no more room for those who wait out a 429', async () => {
  let finish = (): void => undefined;
  const sleeping = new Promise<void>((resolve) => (finish = resolve));
  const fetch = scriptedFetch(refused(), refused(), new Response(), new Response(null, { status: 429 }));
  const first = wrapFetchWithRetry(fetch, {
    ...fakeTime(),
    maxRateLimitWaiters: 1,
    sleep: () => (fetch.sent.length < 3 ? Promise.resolve() : sleeping),
  });
  expect((await first('http://a')).status).toBe(200);
  const waiting = first('http://a').catch(() => undefined);
  // There is room for one.
  expect((await first('http://a')).status).toBe(429);
  finish();
  await waiting;
});

test('a success after an outage is told where there is no budget, too', async () => {
  const lines: string[] = [];
  const line = (message: string): void => void lines.push(message);
  const time = fakeTime();
  const options = { ...time, logger: { debug() {}, info: line, warn: line }, maxTransportRetries: 0 };
  const retrying = wrapFetchWithRetry(scriptedFetch(refused(), new Response()), { ...options, retryBudget: false });
  await retrying('http://a').catch(() => undefined);
  time.advance(60_000);
  expect((await retrying('http://a')).status).toBe(200);
  expect(lines.at(-1)).toBe('Calls succeed again');
});

test('a replay with a fresh token is announced without a wait', async () => {
  const delays: number[] = [];
  const tokens = { getToken: () => 'old', refreshToken: () => 'new' };
  const fetch = scriptedFetch(new Response(null, { status: 401 }), new Response());
  await wrapFetchWithRetry(fetch, { tokens, onRetry: ({ delayMs }) => void delays.push(delayMs) })('http://a');
  expect(delays).toEqual([0]);
});

test('a replay with a fresh token was not paid for, so its success gives nothing back', async () => {
  const retryBudget = { tokens: 5, retryCost: 5, successRefund: 0 };
  const tokens = { getToken: () => 'old', refreshToken: () => 'new' };
  const rejected = new Response(null, { status: 401 });
  const fetch = scriptedFetch(refused(), refused(), rejected, new Response(), refused());
  const options = { ...fakeTime(), retryBudget, tokens, maxTransportRetries: 1 };
  const retrying = wrapFetchWithRetry(fetch, options);
  await retrying('http://a').catch(() => undefined);
  expect((await retrying('http://a')).status).toBe(200);
  await retrying('http://a').catch(() => undefined);
  expect(fetch.sent).toHaveLength(2 + 2 + 1);
});

test('a safe write that gets lost each time ends with its own error', async () => {
  const lost = reset();
  await expect(wrapFetchWithRetry(scriptedFetch(lost), fakeTime())('http://a', { method: 'PUT' })).rejects.toBe(lost);
});
