import { retryFetch, wrapFetchWithRetry } from '@conductor-ts/retry';
import type { AttemptFailure, Call, Outcome, RetryEvent, RetryFetchOptions } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { networkError, refused, reset, scriptedFetch } from './scripted-fetch.ts';

const URL_A = 'http://a.test/x';
const start: Call = { operation: 'workflow.start', replay: 'unsafe' };
const search: Call = { operation: 'workflow.search', replay: 'safe' };

test('a request that could not be sent is sent again after 1, 2 and 3 seconds, then its error comes as it was', async () => {
  const error = refused();
  const fetch = scriptedFetch(error);
  const time = fakeTime();
  const call = { ...start };
  await expect(wrapFetchWithRetry(fetch, time)(URL_A, { method: 'POST', call })).rejects.toBe(error);
  expect(time.sleeps).toEqual([1_000, 2_000, 3_000]);
  expect(call).toMatchObject({ attempts: 4, failures: times(4, { outcome: 'unsent', code: 'ECONNREFUSED' }) });
});

test('a start whose answer got lost is not sent again, and the error says that it may be done', async () => {
  const error = reset();
  const fetch = scriptedFetch(error);
  const failed = wrapFetchWithRetry(fetch, fakeTime())(URL_A, { method: 'POST', call: { ...start } });
  await expect(failed).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    mayHaveBeenProcessed: true,
    operation: 'workflow.start',
    attempts: 1,
    cause: error,
  });
  expect(fetch.sent).toHaveLength(1);
});

test('without a mark a POST is not repeated and a PUT is', async () => {
  const post = scriptedFetch(reset(), ok());
  await expect(wrapFetchWithRetry(post, fakeTime())(URL_A, { method: 'post' })).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    operation: 'POST',
  });
  const put = scriptedFetch(reset(), ok());
  expect((await wrapFetchWithRetry(put, fakeTime())(URL_A, { method: 'PUT', body: 'x' })).status).toBe(200);
  expect(put.sent).toHaveLength(2);
});

test('a safe operation is repeated, and when it keeps failing its own error comes out', async () => {
  const error = reset();
  const fetch = scriptedFetch(error);
  await expect(wrapFetchWithRetry(fetch, fakeTime())(URL_A, { call: { ...search } })).rejects.toBe(error);
  expect(fetch.sent).toHaveLength(4);
});

test('a keyed operation is repeated with its key, byte for byte, and stays in doubt when all answers got lost', async () => {
  const fetch = scriptedFetch(reset());
  const call: Call = { operation: 'workflow.start', replay: 'keyed', idempotencyKey: 'k1' };
  const init = { method: 'POST', headers: { 'X-Idempotency-key': 'k1' }, body: '{"name":"w"}', call };
  await expect(wrapFetchWithRetry(fetch, fakeTime())(URL_A, init)).rejects.toMatchObject({ code: 'AMBIGUOUS_REQUEST' });
  expect(fetch.sent.map(({ init }) => [init?.body, init?.headers])).toEqual(times(4, [init.body, init.headers]));
});

test('a keyed operation without its key is not repeated', async () => {
  const fetch = scriptedFetch(reset());
  const call: Call = { operation: 'workflow.start', replay: 'keyed' };
  await expect(wrapFetchWithRetry(fetch, fakeTime())(URL_A, { call })).rejects.toMatchObject({ attempts: 1 });
});

test('ambiguousWrites: retry repeats everything, and the call has the last word over the wrapper', async () => {
  const options = { ...fakeTime(), ambiguousWrites: 'retry' as const };
  const fetch = scriptedFetch(reset(), ok());
  expect((await wrapFetchWithRetry(fetch, options)(URL_A, { method: 'POST', call: { ...start } })).status).toBe(200);
  const call: Call = { ...start, ambiguousWrites: 'fail' };
  const other = scriptedFetch(reset(), ok());
  await expect(wrapFetchWithRetry(other, options)(URL_A, { method: 'POST', call })).rejects.toMatchObject({
    attempts: 1,
  });
});

test('a second DELETE that finds nothing is not reported as plain failure', async () => {
  const lost = reset();
  const fetch = scriptedFetch(lost, () => new Response('{"message":"no such workflow"}', { status: 404 }));
  const failed = wrapFetchWithRetry(fetch, fakeTime())(URL_A, { method: 'DELETE' });
  const error = (await failed.catch((caught: unknown) => caught)) as { response: Response; failures: AttemptFailure[] };
  expect(error).toMatchObject({ code: 'AMBIGUOUS_REQUEST', status: 404, attempts: 2, cause: lost });
  expect(await error.response.json()).toEqual({ message: 'no such workflow' });
  expect(error.failures).toMatchObject([{ outcome: 'ambiguous', code: 'ECONNRESET' }]);
});

test('a GET that finds nothing after a lost answer has found nothing', async () => {
  const fetch = scriptedFetch(reset(), status(404));
  expect((await wrapFetchWithRetry(fetch, fakeTime())(URL_A)).status).toBe(404);
});

test('a write that finds its gateway cut off and then its twin (409) is in doubt', async () => {
  const fetch = scriptedFetch(status(504), status(409));
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), retryServerErrors: true });
  await expect(retrying(URL_A, { method: 'PUT' })).rejects.toMatchObject({ code: 'AMBIGUOUS_REQUEST', status: 409 });
});

test('a write that is answered 503 to the end gets its 503', async () => {
  const fetch = scriptedFetch(status(503));
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), retryServerErrors: true });
  expect((await retrying(URL_A, { method: 'PUT' })).status).toBe(503);
  expect(fetch.sent).toHaveLength(4);
});

test('a safe write that got lost and then could not be sent at all does not claim that nothing was sent', async () => {
  const fetch = scriptedFetch(reset(), refused());
  await expect(wrapFetchWithRetry(fetch, fakeTime())(URL_A, { method: 'DELETE' })).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    attempts: 4,
  });
});

test('a 429 is waited out 1, 2, 4, 8 and 16 seconds', async () => {
  const fetch = scriptedFetch(...times(5, status(429)), ok());
  const time = fakeTime();
  expect((await wrapFetchWithRetry(fetch, time)(URL_A, { method: 'POST', call: { ...start } })).status).toBe(200);
  expect(time.sleeps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
});

test('a 429 without end is handed out after six attempts, with the wait it asks for', async () => {
  const fetch = scriptedFetch(status(429, { 'retry-after': '7' }));
  const response = await wrapFetchWithRetry(fetch, fakeTime())(URL_A);
  expect(response).toMatchObject({ status: 429, retryAfterMs: 7_000 });
  expect(fetch.sent).toHaveLength(6);
});

test('a Retry-After over a minute hands the 429 out at once', async () => {
  const time = fakeTime();
  const fetch = scriptedFetch(status(429, { 'retry-after': '61' }));
  const response = await wrapFetchWithRetry(fetch, time)(URL_A, { call: { ...search } });
  expect(response).toMatchObject({ status: 429, retryAfterMs: 61_000 });
  expect(time.sleeps).toEqual([]);
});

test('a date in Retry-After is held against the wall clock', async () => {
  const time = fakeTime();
  const inTenSeconds = new Date(time.now() + 10_000).toUTCString();
  const fetch = scriptedFetch(status(429, { 'retry-after': inTenSeconds }), ok());
  await wrapFetchWithRetry(fetch, time)(URL_A);
  expect(time.sleeps).toEqual([10_500]);
});

test('a 429, then a dropped connection, then success: each kind of retry counts for itself', async () => {
  const fetch = scriptedFetch(status(429), refused(), status(429), ok());
  const time = fakeTime();
  expect((await wrapFetchWithRetry(fetch, time)(URL_A)).status).toBe(200);
  expect(time.sleeps).toEqual([1_000, 1_000, 2_000]);
});

test('more calls waiting out a 429 than allowed get it at once', async () => {
  const fetch = scriptedFetch(status(429));
  let wakeUp: () => void = () => undefined;
  const sleep = (): Promise<void> => new Promise((resolve) => (wakeUp = resolve));
  const retrying = wrapFetchWithRetry(fetch, { sleep, maxRateLimitWaiters: 1, maxRateLimitRetries: 1 });
  const waiting = retrying(URL_A);
  await until(() => fetch.sent.length === 1);
  expect((await retrying(URL_A)).status).toBe(429);
  wakeUp();
  expect((await waiting).status).toBe(429);
  expect(fetch.sent).toHaveLength(3);
});

test('no retry is started that could not end before the deadline', async () => {
  const error = refused();
  const time = fakeTime();
  const fetch = scriptedFetch(error);
  await expect(wrapFetchWithRetry(fetch, { ...time, totalTimeoutMs: 2_900 })(URL_A)).rejects.toBe(error);
  expect(time.sleeps).toEqual([1_000]);
});

test('when an attempt runs past the deadline no further one is started', async () => {
  const time = fakeTime();
  const fetch = scriptedFetch(() => {
    time.advance(900);
    throw refused();
  });
  const sleepsLonger = { ...time, sleep: async (): Promise<void> => time.advance(5_000) };
  await expect(
    wrapFetchWithRetry(fetch, { ...sleepsLonger, totalTimeoutMs: 2_000 })(URL_A, { call: { ...search } }),
  ).rejects.toMatchObject({ code: 'TOTAL_TIMEOUT', timeoutMs: 2_000, mayHaveBeenProcessed: false, attempts: 2 });
  expect(fetch.sent).toHaveLength(1);
});

test('what the caller has spent of the whole time already counts', async () => {
  const time = fakeTime();
  const fetch = scriptedFetch(refused());
  const call = { ...search, totalTimeoutMs: 2_000, spentMs: 2_000 };
  await expect(wrapFetchWithRetry(fetch, time)(URL_A, { call })).rejects.toMatchObject({
    code: 'TOTAL_TIMEOUT',
    timeoutMs: 2_000,
    mayHaveBeenProcessed: false,
  });
  expect(fetch.sent).toHaveLength(0);
});

test('5xx are retried on request, for safe operations, within three retries', async () => {
  const options = { ...fakeTime(), retryServerErrors: true };
  for (const code of [502, 503, 504]) {
    const fetch = scriptedFetch(status(code));
    expect((await wrapFetchWithRetry(fetch, options)(URL_A)).status).toBe(code);
    expect(fetch.sent).toHaveLength(4);
    const unsafe = scriptedFetch(status(code));
    await wrapFetchWithRetry(unsafe, options)(URL_A, { method: 'POST' });
    expect(unsafe.sent).toHaveLength(1);
    const byDefault = scriptedFetch(status(code));
    await wrapFetchWithRetry(byDefault, fakeTime())(URL_A);
    expect(byDefault.sent).toHaveLength(1);
  }
});

test('the body of a 500 decides, and the caller can still read it', async () => {
  const options = { ...fakeTime(), retryServerErrors: true };
  for (const call of [undefined, { ...search }]) {
    const passing = scriptedFetch(json(500, { retryable: true }), ok());
    expect((await wrapFetchWithRetry(passing, options)(URL_A, { call })).status).toBe(200);
    const final = scriptedFetch(json(500, { retryable: false, message: 'm' }));
    const response = await wrapFetchWithRetry(final, options)(URL_A, { call });
    expect(await response.json()).toEqual({ retryable: false, message: 'm' });
    expect(final.sent).toHaveLength(1);
  }
});

test.each([400, 404, 408, 409, 413, 423, 500, 501])('a %i is handed out at once', async (code) => {
  const fetch = scriptedFetch(status(code));
  expect((await wrapFetchWithRetry(fetch, fakeTime())(URL_A)).status).toBe(code);
  expect(fetch.sent).toHaveLength(1);
});

test('retry: false switches every retry off', async () => {
  for (const step of [refused(), status(429)]) {
    const fetch = scriptedFetch(step);
    await wrapFetchWithRetry(fetch, fakeTime())(URL_A, { call: { ...search, retry: false } }).catch(() => undefined);
    expect(fetch.sent).toHaveLength(1);
  }
});

test('a stream is never sent twice, and the error says so', async () => {
  const cause = refused();
  const fetch = scriptedFetch(cause);
  const body = new ReadableStream();
  await expect(wrapFetchWithRetry(fetch, fakeTime())(URL_A, { method: 'PUT', body })).rejects.toMatchObject({
    code: 'BODY_NOT_REPLAYABLE',
    mayHaveBeenProcessed: false,
    cause,
  });
  expect(fetch.sent).toHaveLength(1);
});

test('the body of a Request is kept for the next attempt, and its headers, method and signal count', async () => {
  const bodies: string[] = [];
  const fetch = scriptedFetch(
    async ({ init }) => {
      bodies.push(await new Response(init?.body ?? '').text());
      throw refused();
    },
    async ({ input, init }) => {
      bodies.push(await new Response(init?.body ?? '').text());
      return new Response((input as Request).headers.get('x-a'));
    },
  );
  const request = new Request(URL_A, { method: 'POST', body: 'payload', headers: { 'x-a': '1' } });
  const response = await wrapFetchWithRetry(fetch, fakeTime())(request);
  expect([await response.text(), ...bodies]).toEqual(['1', 'payload', 'payload']);
});

test('what the platform would not even build is not tried again', async () => {
  const fetch = scriptedFetch(new TypeError('Invalid URL'));
  await expect(wrapFetchWithRetry(fetch, fakeTime())('not a url')).rejects.toThrow('Invalid URL');
  expect(fetch.sent).toHaveLength(1);
  const browsers = scriptedFetch(new TypeError('Failed to fetch'), ok());
  expect((await wrapFetchWithRetry(browsers, fakeTime())(URL_A)).status).toBe(200);
});

test('init.call never reaches the fetch below, and the caller keeps its init as it was', async () => {
  const fetch = scriptedFetch(ok());
  const init = { method: 'POST', headers: { a: '1' }, call: { ...start } };
  await wrapFetchWithRetry(fetch, { tokens: fixedToken('t') })(URL_A, init);
  expect(fetch.sent[0]?.init).not.toHaveProperty('call');
  expect(init.headers).toEqual({ a: '1' });
  expect(init.call.attempts).toBe(1);
  expect(init.call).not.toHaveProperty('failures');
});

test('onRetry hears of each further attempt; what it throws or rejects changes nothing', async () => {
  const events: RetryEvent[] = [];
  const onRetry = (event: RetryEvent): void => {
    events.push(event);
    throw new Error('hook');
  };
  const error = refused();
  const retrying = wrapFetchWithRetry(scriptedFetch(error, status(429), ok()), { ...fakeTime(), onRetry });
  expect((await retrying(URL_A)).status).toBe(200);
  expect(events).toEqual([
    {
      operation: 'GET',
      method: 'GET',
      attempt: 1,
      delayMs: 1_000,
      error,
      outcome: { kind: 'unsent', code: 'ECONNREFUSED' },
    },
    {
      operation: 'GET',
      method: 'GET',
      attempt: 2,
      delayMs: 1_000,
      outcome: { kind: 'throttled', status: 429, retryAfterMs: undefined },
    },
  ]);
  const rejecting = { ...fakeTime(), onRetry: async (): Promise<void> => Promise.reject(new Error('late')) };
  expect((await wrapFetchWithRetry(scriptedFetch(refused(), ok()), rejecting)(URL_A)).status).toBe(200);
});

test('classify can turn a success into a retry and a failure into a final one', async () => {
  const classify = (outcome: Outcome): Outcome | undefined => {
    if (outcome.kind === 'answered' && outcome.status === 202) return { kind: 'throttled', status: 202 };
    return outcome.kind === 'unsent' ? { kind: 'permanent', sent: false } : undefined;
  };
  const accepted = scriptedFetch(status(202), ok());
  expect((await wrapFetchWithRetry(accepted, { ...fakeTime(), classify })(URL_A)).status).toBe(200);
  const error = refused();
  const final = scriptedFetch(error);
  await expect(wrapFetchWithRetry(final, { ...fakeTime(), classify })(URL_A)).rejects.toBe(error);
  expect(final.sent).toHaveLength(1);
});

test('a failure that classify calls an answer still ends as failure', async () => {
  const error = refused();
  const classify = (): Outcome => ({ kind: 'answered', status: 200 });
  await expect(wrapFetchWithRetry(scriptedFetch(error), { classify })(URL_A)).rejects.toBe(error);
});

test('with everything failing, retries end with the budget and first attempts go on', async () => {
  const lines: string[] = [];
  const logger = {
    debug: (): void => undefined,
    info: (m: string) => lines.push(m),
    warn: (m: string) => lines.push(m),
  };
  let healthy = false;
  const fetch = scriptedFetch(() => {
    if (healthy) return ok();
    throw refused();
  });
  const time = fakeTime();
  const retrying = wrapFetchWithRetry(fetch, { ...time, logger });
  for (let call = 0; call < 200; call += 1) await retrying(URL_A).catch(() => undefined);
  expect(fetch.sent).toHaveLength(220);
  healthy = true;
  time.advance(10_000);
  for (let call = 0; call < 10; call += 1) await retrying(URL_A);
  expect(lines.filter((line) => line.includes('budget'))).toEqual([
    'Retry budget exhausted: calls now fail after one attempt',
    'Retry budget recovered',
  ]);
});

test('retryBudget: false lifts the limit', async () => {
  const fetch = scriptedFetch(refused());
  const retrying = wrapFetchWithRetry(fetch, { ...fakeTime(), retryBudget: false });
  for (let call = 0; call < 50; call += 1) await retrying(URL_A).catch(() => undefined);
  expect(fetch.sent).toHaveLength(200);
});

test('retryFetch does one call, and calls with the same options share a budget', async () => {
  const options: RetryFetchOptions = { ...fakeTime(), retryBudget: { tokens: 5, retryCost: 5 } };
  const fetch = scriptedFetch(refused(), ok(), refused());
  expect((await retryFetch(URL_A, undefined, fetch, options)).status).toBe(200);
  const other = scriptedFetch(refused());
  await retryFetch(URL_A, undefined, other, { ...options }).catch(() => undefined);
  expect(other.sent).toHaveLength(2);
});

test.each<[RetryFetchOptions, string]>([
  [{ requestTimeoutMs: -1 }, 'requestTimeoutMs'],
  [{ totalTimeoutMs: Number.NaN }, 'totalTimeoutMs'],
  [{ initialRetryDelay: Infinity }, 'initialRetryDelay'],
  [{ maxTransportRetries: 1.5 }, 'maxTransportRetries'],
  [{ maxRateLimitRetries: -1 }, 'maxRateLimitRetries'],
  [{ jitter: 2 }, 'jitter'],
  [{ authHeader: 'x y' }, 'authHeader'],
  [{ retryBudget: { tokens: -1 } }, 'retryBudget.tokens'],
])('an option out of range is named: %j', (options, name) => {
  expect(() => wrapFetchWithRetry(scriptedFetch(ok()), options)).toThrow(new RegExp(`^${name} must be`));
});

test('the certificate is wrong: one attempt, no six seconds of hope', async () => {
  const fetch = scriptedFetch(networkError('DEPTH_ZERO_SELF_SIGNED_CERT'));
  await expect(wrapFetchWithRetry(fetch, fakeTime())(URL_A, { method: 'POST' })).rejects.toThrow('fetch failed');
  expect(fetch.sent).toHaveLength(1);
});

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

function ok(): Response {
  return new Response('{}');
}

function status(code: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: code, headers });
}

function json(code: number, body: object): Response {
  return new Response(JSON.stringify(body), { status: code });
}

function fixedToken(token: string): RetryFetchOptions['tokens'] {
  return { getToken: () => token, refreshToken: () => undefined };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
}
