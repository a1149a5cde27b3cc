// Checked by the compiler only: what users write must type-check, and what would fail at run time must not.
import {
  AmbiguousRequestError,
  type Call,
  type Fetch,
  type Outcome,
  parseRetryAfter,
  retryFetch,
  type RetryFetchOptions,
  retryTaskUpdate,
  TaskUpdateError,
  TimeoutError,
  type TokenSource,
  wrapFetchWithRetry,
} from '../src/index.ts';

// The global fetch goes in as it is, and what comes out goes in again.
export const wrapped: Fetch = wrapFetchWithRetry(globalThis.fetch);
export const twice: Fetch = wrapFetchWithRetry(wrapped, { retryBudget: false });
export const once: Promise<Response> = retryFetch('http://a', undefined, fetch, { maxTransportRetries: 0 });

// Tokens as values or as promises, with or without a fast way.
export const tokens: TokenSource[] = [
  { getToken: () => 'token', refreshToken: async () => undefined },
  {
    freshToken: () => undefined,
    getToken: async (signal) => String(signal?.aborted),
    refreshToken: (old) => `${old}2`,
  },
];

export const options: RetryFetchOptions = {
  tokens: tokens[0],
  jitter: 'full',
  retryBudget: { tokens: 10, retryCost: 1 },
  ambiguousWrites: undefined,
  classify: (outcome, { operation, attempt }) =>
    outcome.kind === 'server-error' && operation === 'task.poll' && attempt === 1
      ? { kind: 'throttled', status: outcome.status, retryAfterMs: 10 }
      : undefined,
  onRetry: ({ outcome, delayMs, error }) => void [outcome satisfies Outcome, delayMs satisfies number, error],
};

const call: Call = { operation: 'workflow.start', replay: 'keyed', idempotencyKey: 'k', timeoutMs: 1_000 };
export const described: Promise<Response> = wrapped('http://a', { method: 'POST', body: '{}', call });
export const waitMs: number | undefined = parseRetryAfter('120', Date.now());

// The answer of the update is the answer of the whole.
export const id: Promise<string> = retryTaskUpdate(async ({ attempt, retry, signal }) => {
  const off: false = retry;
  return `${attempt} ${off} ${signal.aborted}`;
});

declare const error: unknown;
if (error instanceof AmbiguousRequestError) {
  const may: true = error.mayHaveBeenProcessed;
  void may;
}
if (error instanceof TimeoutError) {
  const facts: ['ATTEMPT_TIMEOUT' | 'TOTAL_TIMEOUT', boolean, number] = [
    error.code,
    error.mayHaveBeenProcessed,
    error.timeoutMs,
  ];
  void facts;
}
if (error instanceof TaskUpdateError) void (error.taskResult satisfies unknown);

// @ts-expect-error a misspelt option
wrapFetchWithRetry(fetch, { maxTransportRetry: 1 });
// @ts-expect-error one of two
wrapFetchWithRetry(fetch, { ambiguousWrites: 'maybe' });
// @ts-expect-error a call without its mark
void wrapped('http://a', { call: { operation: 'a' } });
// @ts-expect-error there is no such kind of outcome
wrapFetchWithRetry(fetch, { classify: () => ({ kind: 'unknown' }) });
