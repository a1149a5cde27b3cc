import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call, Fetch, RetryFetchOptions } from '@conductor-ts/retry';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { networkError } from './scripted-fetch.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** What an attempt comes to, if it comes to anything. */
const ENDS = {
  done: () => new Response('{}'),
  lost: () => fail('ECONNRESET'),
  refused: () => fail('ECONNREFUSED'),
  throttled: () => new Response(null, { status: 429, headers: { 'retry-after': '3' } }),
  throttledUntil: () => {
    const date = new Date(Date.now() + 4_000).toUTCString();
    return new Response(null, { status: 429, headers: { 'retry-after': date } });
  },
  expired: () => new Response('{"error":"EXPIRED_TOKEN"}', { status: 401 }),
  unavailable: () => new Response('{}', { status: 503 }),
  stalledBody: () => new Response(new ReadableStream({})),
};

const times = fc.oneof(fc.nat(10_000), fc.constant(Infinity));
/** Set forward, set back, left alone. */
const jumps = fc.oneof(fc.constant(0), fc.integer({ min: -1e9, max: 1e9 }));
const steps = fc.record({
  end: fc.constantFrom(...(Object.keys(ENDS) as (keyof typeof ENDS)[])),
  takesMs: times,
  tokenTakesMs: times,
  jumpMs: jumps,
});

const policies = fc.record(
  {
    requestTimeoutMs: fc.nat(20_000),
    maxTransportRetries: fc.nat(5),
    maxRateLimitRetries: fc.nat(7),
    initialRetryDelay: fc.nat(5_000),
    retryServerErrors: fc.boolean(),
  },
  { requiredKeys: [] },
);

test('never: a call alive after its deadline, whatever hangs, and however the wall clock is set meanwhile', async () => {
  const scripts = fc.array(steps, { minLength: 1, maxLength: 8 });
  const marks = fc.constantFrom('safe' as const, 'unsafe' as const);
  await fc.assert(
    fc.asyncProperty(
      scripts,
      policies,
      marks,
      fc.integer({ min: 1, max: 40_000 }),
      async (script, options, replay, ms) => {
        const endedAfterMs = await timeOf(script, options, { operation: 'any', replay, totalTimeoutMs: ms }, ms);
        expect(endedAfterMs).toBeLessThanOrEqual(ms);
      },
    ),
  );
});

test('never: a call without a deadline that outlives the sum of its attempts and its waits', async () => {
  const scripts = fc.array(steps, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(scripts, async (script) => {
      const options = {
        requestTimeoutMs: 1_000,
        maxTransportRetries: 2,
        maxRateLimitRetries: 2,
        initialRetryDelay: 100,
      };
      // Five sendings, each with a token before and after it and one replay, and four waits of at most 4.4 s.
      const boundMs = 5 * 2 * 3 * 1_000 + 4 * 4_400;
      const endedAfterMs = await timeOf(script, options, { operation: 'any', replay: 'safe' }, boundMs);
      expect(endedAfterMs).toBeLessThanOrEqual(boundMs);
    }),
    { numRuns: 50 },
  );
});

type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** After how long the call has settled; Infinity when it has not by `limitMs`. */
async function timeOf(script: Step[], options: RetryFetchOptions, call: Call, limitMs: number): Promise<number> {
  let attempts = 0;
  const current = (): Step => script[Math.min(Math.max(attempts - 1, 0), script.length - 1)] as Step;
  const fetch: Fetch = async () => {
    attempts += 1;
    const { takesMs, jumpMs, end } = current();
    vi.setSystemTime(Date.now() + jumpMs);
    await pass(takesMs);
    return ENDS[end]();
  };
  const tokens = {
    getToken: async () => {
      await pass(current().tokenTakesMs);
      return 'old';
    },
    refreshToken: async () => {
      await pass(current().tokenTakesMs);
      return `new-${attempts}`;
    },
  };
  const startedMs = performance.now();
  let endedAfterMs = Infinity;
  const end = (): void => void (endedAfterMs = performance.now() - startedMs);
  const settled = wrapFetchWithRetry(fetch, { ...options, tokens })('http://a.test/x', { method: 'POST', call });
  void settled.then(end, end);
  await vi.advanceTimersByTimeAsync(limitMs);
  // What the last timer has set off may take a few turns yet.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((go) => setImmediate(go));
  return endedAfterMs;
}

async function pass(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    if (ms !== Infinity) setTimeout(resolve, ms);
  });
}

function fail(code: string): never {
  throw networkError(code, code === 'ECONNREFUSED' ? { syscall: 'connect' } : {});
}
