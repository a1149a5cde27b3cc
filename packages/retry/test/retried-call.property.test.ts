import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call, Fetch, RetryFetchOptions } from '@conductor-ts/retry';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkError } from './scripted-fetch.ts';

/** What a server may do to one attempt, and whether it has done the work by then. */
const EVENTS = {
  done: { applied: true, answer: () => new Response('{}') },
  refused: { applied: false, answer: () => fail('ECONNREFUSED', { syscall: 'connect' }) },
  streamRefused: { applied: false, answer: () => fail('ERR_HTTP2_STREAM_ERROR', { http2ErrorCode: 7 }) },
  lostBefore: { applied: false, answer: () => fail('ECONNRESET', { syscall: 'read' }) },
  lostAfter: { applied: true, answer: () => fail('UND_ERR_SOCKET') },
  bodyLost: {
    applied: true,
    answer: () => new Response(new ReadableStream({ start: (c) => c.error(networkError('ECONNRESET')) })),
  },
  throttled: { applied: false, answer: () => new Response(null, { status: 429, headers: { 'retry-after': '2' } }) },
  throttledLong: {
    applied: false,
    answer: () => new Response(null, { status: 429, headers: { 'retry-after': '61' } }),
  },
  unavailable: { applied: false, answer: () => new Response(null, { status: 503 }) },
  gatewayTimeout: { applied: true, answer: () => new Response(null, { status: 504 }) },
  tokenExpired: { applied: false, answer: () => new Response('{"error":"EXPIRED_TOKEN"}', { status: 401 }) },
  notFound: { applied: false, answer: () => new Response('{}', { status: 404 }) },
  headersTimeout: { applied: true, answer: () => fail('UND_ERR_HEADERS_TIMEOUT') },
  connectTimeout: { applied: false, answer: () => fail('UND_ERR_CONNECT_TIMEOUT') },
  badCertificate: { applied: false, answer: () => fail('CERT_HAS_EXPIRED') },
};

type EventName = keyof typeof EVENTS;

interface Played {
  readonly attempts: number;
  readonly applied: number;
  readonly slept: number;
  readonly tookMs: number;
  readonly mints: number;
  readonly status?: number;
  readonly error?: { readonly code?: string; readonly mayHaveBeenProcessed?: boolean };
}

test('never: an unsafe operation done twice, or done while the error says that it was not', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), policies(), async (history, options) => {
      const played = await play(history, options, { operation: 'workflow.start', replay: 'unsafe' });
      const gatewayOnly = played.status === 504 ? 1 : 0;
      expect(played.applied).toBeLessThanOrEqual(1);
      // Work done and no success: the caller must have been told that it may be done.
      if (played.applied > gatewayOnly && played.status !== 200) expect(played.error?.mayHaveBeenProcessed).toBe(true);
    }),
  );
});

test('never: more attempts, sleep or mints than the policy allows, whatever the operation', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), policies(), calls(), async (history, options, call) => {
      const played = await play(history, options, call);
      const transport = options.maxTransportRetries ?? 3;
      const rateLimit = options.maxRateLimitRetries ?? 5;
      const sendings = 1 + transport + rateLimit;
      // Each sending may be replayed once with a fresh token.
      expect(played.attempts).toBeLessThanOrEqual(2 * sendings);
      expect(played.mints).toBeLessThanOrEqual(Math.min(sendings, played.attempts));
      expect(played.slept).toBeLessThanOrEqual((transport + rateLimit) * 66_000);
    }),
  );
});

test('never: a call that is alive after its deadline', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(),
      policies(),
      calls(),
      fc.integer({ min: 1, max: 40_000 }),
      async (history, options, call, totalMs) => {
        const played = await play(history, options, { ...call, totalTimeoutMs: totalMs });
        // The attempts here take no time, so all of it is sleep.
        expect(played.tookMs).toBeLessThan(totalMs);
      },
    ),
  );
});

test('never: retries where they are switched off', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), policies(), calls(), async (history, options, call) => {
      const played = await play(history, options, { ...call, retry: false });
      expect(played.attempts).toBeLessThanOrEqual(2);
      expect(played.slept).toBe(0);
    }),
  );
});

async function play(history: EventName[], options: RetryFetchOptions, call: Call): Promise<Played> {
  let nowMs = 0;
  let mints = 0;
  let applied = 0;
  let attempts = 0;
  const fetch: Fetch = async () => {
    const event = EVENTS[history[Math.min(attempts, history.length - 1)] as EventName];
    attempts += 1;
    if (event.applied) applied += 1;
    return event.answer();
  };
  const retrying = wrapFetchWithRetry(fetch, {
    ...options,
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
    tokens: {
      getToken: () => 't0',
      refreshToken: async () => {
        mints += 1;
        return `t${mints}`;
      },
    },
  });
  const init = { method: 'POST', body: '{}', call };
  const end = await retrying('http://a.test/x', init).then(
    ({ status }) => ({ status }),
    (error: { code?: string }) => ({ error }),
  );
  expect(call.attempts).toBe(attempts);
  return { attempts, applied, slept: nowMs, tookMs: nowMs, mints, ...end };
}

function fail(code: string, facts: object = {}): never {
  throw networkError(code, facts);
}

function histories(): fc.Arbitrary<EventName[]> {
  return fc.array(fc.constantFrom(...(Object.keys(EVENTS) as EventName[])), { minLength: 1, maxLength: 12 });
}

function policies(): fc.Arbitrary<RetryFetchOptions> {
  return fc.record(
    {
      maxTransportRetries: fc.nat(5),
      maxRateLimitRetries: fc.nat(7),
      initialRetryDelay: fc.nat(5_000),
      jitter: fc.oneof(fc.constant('full' as const), fc.double({ min: 0, max: 1, noNaN: true })),
      retryServerErrors: fc.boolean(),
      retryConnectTimeouts: fc.boolean(),
      retryBudget: fc.constantFrom(false as const, { tokens: 10 }, undefined),
    },
    { requiredKeys: [] },
  );
}

function calls(): fc.Arbitrary<Call> {
  return fc.record(
    {
      operation: fc.constant('any'),
      replay: fc.constantFrom('safe' as const, 'unsafe' as const, 'keyed' as const),
      idempotencyKey: fc.constant('k'),
      ambiguousWrites: fc.constantFrom('fail' as const, 'retry' as const),
    },
    { requiredKeys: ['operation', 'replay'] },
  );
}
