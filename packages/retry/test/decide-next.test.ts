import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_BACKOFF_MS } from '../src/backoff.ts';
import { decideNext, type Situation } from '../src/decide-next.ts';
import type { Outcome } from '../src/outcome.ts';
import { RETRY_DEFAULTS } from '../src/retry-fetch-options.ts';

const unsent: Outcome = { kind: 'unsent', code: 'ECONNREFUSED' };
const ambiguous: Outcome = { kind: 'ambiguous', code: 'ECONNRESET' };
const throttled: Outcome = { kind: 'throttled', status: 429 };
const unavailable: Outcome = { kind: 'server-error', status: 503 };

test('an answer is handed out', () => {
  expect(decideNext({ kind: 'answered', status: 404 }, at({}))).toEqual({ do: 'finish', because: 'answered' });
});

test('a failed transport waits 1, 2 and 3 seconds, then gives up', () => {
  const delays = [0, 1, 2].map((transportRetries) => delayOf(unsent, at({ transportRetries })));
  expect(delays).toEqual([1_000, 2_000, 3_000]);
  expect(decideNext(unsent, at({ transportRetries: 3 }))).toEqual({ do: 'finish', because: 'attempts' });
});

test('a 429 waits 1, 2, 4, 8 and 16 seconds, then is handed out', () => {
  const delays = [0, 1, 2, 3, 4].map((rateLimitRetries) => delayOf(throttled, at({ rateLimitRetries })));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  expect(decideNext(throttled, at({ rateLimitRetries: 5 }))).toEqual({ do: 'finish', because: 'attempts' });
});

test('a start that may have been processed is not sent again', () => {
  expect(decideNext(ambiguous, at({ mayRepeat: false }))).toEqual({ do: 'finish', because: 'may-be-processed' });
});

test('a request that was never sent is sent again, safe or not', () => {
  expect(decideNext(unsent, at({ mayRepeat: false })).do).toBe('wait');
});

test('a 429 is tried again for an unsafe operation too: it was not processed', () => {
  expect(decideNext(throttled, at({ mayRepeat: false })).do).toBe('wait');
});

test('a 5xx is handed out unless its retry was asked for and the operation is safe', () => {
  const optedIn = { ...RETRY_DEFAULTS, retryServerErrors: true };
  expect(decideNext(unavailable, at({})).do).toBe('finish');
  expect(decideNext(unavailable, at({ policy: optedIn, mayRepeat: false })).do).toBe('finish');
  expect(decideNext(unavailable, at({ policy: optedIn })).do).toBe('wait');
});

test('the wait after a 503 is as long as it asks', () => {
  const policy = { ...RETRY_DEFAULTS, retryServerErrors: true };
  expect(delayOf({ ...unavailable, retryAfterMs: 7_000 }, at({ policy, random: 0 }))).toBe(7_000);
});

test('Retry-After makes a wait longer, never shorter', () => {
  expect(delayOf({ ...throttled, retryAfterMs: 3_000 }, at({ random: 0 }))).toBe(3_000);
  expect(delayOf({ ...throttled, retryAfterMs: 3_000 }, at({ random: 1 }))).toBe(3_300);
  expect(delayOf({ ...throttled, retryAfterMs: 0 }, at({}))).toBe(1_000);
});

test('a Retry-After past the longest one obeyed hands the answer out at once; up to it we wait', () => {
  expect(decideNext({ ...throttled, retryAfterMs: 60_001 }, at({}))).toEqual({ do: 'finish', because: 'retry-after' });
  expect(decideNext({ ...throttled, retryAfterMs: 60_000 }, at({})).do).toBe('wait');
});

test('no wait is started that ends at or after the deadline', () => {
  expect(decideNext(throttled, at({ nowMs: 0, deadlineMs: 1_000 }))).toEqual({ do: 'finish', because: 'deadline' });
  expect(decideNext(throttled, at({ nowMs: 0, deadlineMs: 1_001 })).do).toBe('wait');
});

test('an empty budget stops retries that cost, not those that do not', () => {
  const empty = at({ budgetAllows: false });
  expect(decideNext(unsent, empty)).toEqual({ do: 'finish', because: 'budget' });
  expect(decideNext({ kind: 'unsent', refusedByPeer: true }, empty)).toMatchObject({ do: 'wait', costs: false });
  expect(decideNext(throttled, empty)).toMatchObject({ do: 'wait', costs: false });
  expect(decideNext(unsent, at({}))).toMatchObject({ do: 'wait', costs: true });
});

test('when too many calls wait out a 429 already, the next one gets it at once', () => {
  expect(decideNext(throttled, at({ roomToWait: false }))).toEqual({ do: 'finish', because: 'waiters' });
});

test('a timeout is not retried; a connect timeout only on request', () => {
  const connect: Outcome = { kind: 'timeout', sent: false };
  const policy = { ...RETRY_DEFAULTS, retryConnectTimeouts: true };
  expect(decideNext(connect, at({}))).toEqual({ do: 'finish', because: 'timeout' });
  expect(decideNext(connect, at({ policy }))).toMatchObject({ do: 'wait', delayMs: 1_000, costs: true });
  expect(decideNext({ kind: 'timeout', sent: true }, at({ policy }))).toEqual({ do: 'finish', because: 'timeout' });
});

test('what would fail the same way again is not tried again', () => {
  expect(decideNext({ kind: 'permanent', sent: false }, at({}))).toEqual({ do: 'finish', because: 'permanent' });
});

test('a refused token is refreshed once', () => {
  const rejected: Outcome = { kind: 'token-rejected', status: 401 };
  expect(decideNext(rejected, at({}))).toEqual({ do: 'refresh' });
  expect(decideNext(rejected, at({ canRefresh: false }))).toEqual({ do: 'finish', because: 'answered' });
});

test('a call with retries off still refreshes its token', () => {
  const off = at({ retriesAllowed: false, budgetAllows: false });
  expect(decideNext({ kind: 'token-rejected', status: 401 }, off)).toEqual({ do: 'refresh' });
  expect(decideNext(unsent, off)).toEqual({ do: 'finish', because: 'retries-off' });
  expect(decideNext(throttled, off)).toEqual({ do: 'finish', because: 'retries-off' });
});

test('a used-up stream is named as the reason only where everything else allows a retry', () => {
  expect(decideNext(unsent, at({ bodyReplayable: false }))).toEqual({ do: 'finish', because: 'body-not-replayable' });
  expect(decideNext(unsent, at({ bodyReplayable: false, transportRetries: 3 }))).toEqual({
    do: 'finish',
    because: 'attempts',
  });
});

test('never: an ambiguous outcome repeated for an operation that may not be', () => {
  fc.assert(
    fc.property(situations(), (situation) => {
      const decision = decideNext(ambiguous, { ...situation, mayRepeat: false });
      expect(decision.do).toBe('finish');
    }),
  );
});

test('never: a wait past the deadline, past the retries allowed, or longer than asked and configured', () => {
  fc.assert(
    fc.property(situations(), outcomes(), (situation, outcome) => {
      const decision = decideNext(outcome, situation);
      if (decision.do !== 'wait') return;
      expect(situation.nowMs + decision.delayMs).toBeLessThan(situation.deadlineMs);
      const { policy } = situation;
      expect(decision.delayMs).toBeLessThanOrEqual(Math.max(MAX_BACKOFF_MS * 2, policy.maxRetryAfterMs * 1.1 + 1));
      expect(decision.delayMs).toBeGreaterThanOrEqual(0);
      if (decision.counts === 'transport') expect(situation.transportRetries).toBeLessThan(policy.maxTransportRetries);
      else expect(situation.rateLimitRetries).toBeLessThan(policy.maxRateLimitRetries);
      expect(situation.retriesAllowed && situation.bodyReplayable).toBe(true);
      if (decision.costs) expect(situation.budgetAllows).toBe(true);
    }),
  );
});

function delayOf(outcome: Outcome, situation: Situation): number | undefined {
  const decision = decideNext(outcome, situation);
  return decision.do === 'wait' ? decision.delayMs : undefined;
}

function at(changes: Partial<Situation>): Situation {
  return {
    policy: RETRY_DEFAULTS,
    mayRepeat: true,
    bodyReplayable: true,
    retriesAllowed: true,
    canRefresh: true,
    transportRetries: 0,
    rateLimitRetries: 0,
    budgetAllows: true,
    roomToWait: true,
    nowMs: 0,
    deadlineMs: Infinity,
    random: 0.5,
    ...changes,
  };
}

function situations(): fc.Arbitrary<Situation> {
  return fc.record({
    policy: fc.record({
      maxTransportRetries: fc.nat(5),
      maxRateLimitRetries: fc.nat(50),
      initialRetryDelay: fc.nat(100_000),
      maxRetryAfterMs: fc.nat(100_000),
      jitter: fc.oneof(fc.constant('full' as const), fc.double({ min: 0, max: 1, noNaN: true })),
      retryServerErrors: fc.boolean(),
      retryConnectTimeouts: fc.boolean(),
    }),
    mayRepeat: fc.boolean(),
    bodyReplayable: fc.boolean(),
    retriesAllowed: fc.boolean(),
    canRefresh: fc.boolean(),
    transportRetries: fc.nat(6),
    rateLimitRetries: fc.nat(60),
    budgetAllows: fc.boolean(),
    roomToWait: fc.boolean(),
    nowMs: fc.nat(1_000_000),
    deadlineMs: fc.oneof(fc.constant(Infinity), fc.nat(2_000_000)),
    random: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  });
}

function outcomes(): fc.Arbitrary<Outcome> {
  const retryAfterMs = fc.option(fc.nat(200_000), { nil: undefined });
  return fc.oneof(
    fc.constantFrom<Outcome>(unsent, ambiguous, { kind: 'timeout', sent: false }, { kind: 'timeout', sent: true }),
    fc.record({ kind: fc.constant('throttled' as const), status: fc.constant(429), retryAfterMs }),
    fc.record({ kind: fc.constant('server-error' as const), status: fc.constant(503), retryAfterMs }),
  );
}

test('every retry that may add to an outage is paid for, and one that is not made says why', () => {
  const policy = { ...RETRY_DEFAULTS, retryServerErrors: true, retryConnectTimeouts: true };
  const serverError: Outcome = { kind: 'server-error', status: 502 };
  for (const outcome of [ambiguous, serverError, { kind: 'timeout', sent: false } as const]) {
    expect(decideNext(outcome, at({ policy }))).toMatchObject({ do: 'wait', costs: true, counts: 'transport' });
    expect(decideNext(outcome, at({ policy, budgetAllows: false }))).toEqual({ do: 'finish', because: 'budget' });
  }
  expect(decideNext(serverError, at({}))).toEqual({ do: 'finish', because: 'answered' });
});
