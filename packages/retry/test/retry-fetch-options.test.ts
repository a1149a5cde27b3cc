import { expect, test, vi } from 'vitest';
import { resolveEffects, resolvePolicy, RETRY_DEFAULTS, type RetryFetchOptions } from '../src/retry-fetch-options.ts';
import { sleep } from '../src/sleep.ts';

test('nothing given, and an explicit undefined, mean the defaults', () => {
  const unset = Object.fromEntries(Object.keys(RETRY_DEFAULTS).map((name) => [name, undefined]));
  expect(resolvePolicy({})).toEqual(RETRY_DEFAULTS);
  expect(resolvePolicy(unset)).toEqual(RETRY_DEFAULTS);
});

test('what is given wins, zeros too', () => {
  const given: RetryFetchOptions = {
    authHeader: 'authorization',
    requestTimeoutMs: 0,
    totalTimeoutMs: 1,
    maxRateLimitRetries: 0,
    maxTransportRetries: 0,
    initialRetryDelay: 0,
    retryServerErrors: true,
    retryConnectTimeouts: true,
    ambiguousWrites: 'retry',
    jitter: 0,
    maxRetryAfterMs: 0,
    maxRateLimitWaiters: 0,
    retryBudget: { tokens: 0, retryCost: 0, successRefund: 0 },
  };
  expect(resolvePolicy(given)).toEqual(given);
  expect(resolvePolicy({ retryBudget: false, jitter: 'full' })).toMatchObject({ retryBudget: false, jitter: 'full' });
  expect(resolvePolicy({ jitter: 1 }).jitter).toBe(1);
});

test('a part of the budget that is not given has its default', () => {
  expect(resolvePolicy({ retryBudget: { tokens: 7 } }).retryBudget).toEqual({
    tokens: 7,
    retryCost: 5,
    successRefund: 1,
  });
  expect(resolvePolicy({ retryBudget: { retryCost: 7, successRefund: 2 } }).retryBudget).toEqual({
    tokens: 100,
    retryCost: 7,
    successRefund: 2,
  });
});

test('the name of the auth header is held in lower case', () => {
  expect(resolvePolicy({ authHeader: "X-Auth!#$%&'*+.^_`|~9" }).authHeader).toBe("x-auth!#$%&'*+.^_`|~9");
});

const duration = 'a number of milliseconds, 0 or more';
const count = 'a whole number, 0 or more';
const amount = 'a number, 0 or more';

test.each<[RetryFetchOptions, string]>([
  [{ requestTimeoutMs: -1 }, `requestTimeoutMs must be ${duration}`],
  [{ requestTimeoutMs: Infinity }, `requestTimeoutMs must be ${duration}`],
  [{ totalTimeoutMs: -1 }, `totalTimeoutMs must be ${duration}`],
  [{ initialRetryDelay: Number.NaN }, `initialRetryDelay must be ${duration}`],
  [{ maxRetryAfterMs: -1 }, `maxRetryAfterMs must be ${duration}`],
  [{ maxRateLimitRetries: -1 }, `maxRateLimitRetries must be ${count}`],
  [{ maxTransportRetries: 0.5 }, `maxTransportRetries must be ${count}`],
  [{ maxRateLimitWaiters: Infinity }, `maxRateLimitWaiters must be ${count}`],
  [{ maxRateLimitWaiters: -1 }, `maxRateLimitWaiters must be ${count}`],
  [{ jitter: -0.1 }, "jitter must be 'full' or a number from 0 to 1"],
  [{ jitter: 1.1 }, "jitter must be 'full' or a number from 0 to 1"],
  [{ authHeader: '' }, 'authHeader must be a header name'],
  [{ authHeader: ' x' }, 'authHeader must be a header name'],
  [{ authHeader: 'x:' }, 'authHeader must be a header name'],
  [{ ambiguousWrites: 'perhaps' as 'fail' }, "ambiguousWrites must be 'fail' or 'retry'"],
  [{ retryBudget: { tokens: -1 } }, `retryBudget.tokens must be ${amount}`],
  [{ retryBudget: { retryCost: Number.NaN } }, `retryBudget.retryCost must be ${amount}`],
  [{ retryBudget: { successRefund: Infinity } }, `retryBudget.successRefund must be ${amount}`],
])('%j is refused in words', (options, message) => {
  expect(() => resolvePolicy(options)).toThrow(new RangeError(message));
});

test('deadlines hang on a clock that nobody sets, dates on the one on the wall; one clock given is both', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 5_000 });
  const effects = resolveEffects({});
  expect(effects.wallClock()).toBe(5_000);
  expect(effects.now()).toBe(performance.now());
  vi.setSystemTime(9_000);
  expect([effects.wallClock(), effects.now()]).toEqual([9_000, performance.now()]);
  vi.useRealTimers();
  expect([effects.random, effects.sleep]).toEqual([Math.random, sleep]);
  const now = (): number => 7;
  expect([resolveEffects({ now }).now, resolveEffects({ now }).wallClock]).toEqual([now, now]);
});
