import type { Jitter } from './backoff.ts';
import type { DecisionPolicy } from './decide-next.ts';
import type { Outcome } from './outcome.ts';
import { RETRY_BUDGET_DEFAULTS, type RetryBudgetOptions, type RetryBudgetPolicy } from './retry-budget.ts';
import type { RetryLogger } from './retry-logger.ts';
import { sleep } from './sleep.ts';
import type { TokenSource } from './token-source.ts';

/** What a hook is told about a call. */
export interface CallContext {
  /** Name of the operation, or the method where the call has none. */
  readonly operation: string;
  readonly method: string;
  /** The attempt that has just ended, counted from 1. */
  readonly attempt: number;
}

export interface RetryEvent extends CallContext {
  readonly outcome: Outcome;
  /** Wait before the next attempt; 0 when it is a replay with a fresh token. */
  readonly delayMs: number;
  /** Present when the attempt ended without an answer. */
  readonly error?: unknown;
}

/** Everything can be left out; an explicit `undefined` means the default. */
export interface RetryFetchOptions {
  /** Gives the auth header of each attempt, and a new token after a 401. @default none */
  readonly tokens?: TokenSource | undefined;
  /** Asked for a new token after a 401 when there are no `tokens`; `undefined` hands the 401 back. @default none */
  readonly onAuthFailure?: (() => Promise<string | undefined>) | undefined;
  /** Name of the header that carries the token. @default 'x-authorization' */
  readonly authHeader?: string | undefined;
  /** Longest time of one attempt, in ms: waiting for a connection, headers, and for a call with `init.call` the body. 0 = none. @default 60_000 */
  readonly requestTimeoutMs?: number | undefined;
  /** Longest time of the whole call, in ms: token, attempts, waits, and with `init.call` the body. 0 = none. @default 0 */
  readonly totalTimeoutMs?: number | undefined;
  /** Retries after a 429. @default 5 */
  readonly maxRateLimitRetries?: number | undefined;
  /** Retries after a failed transport, and after a 5xx where these are retried. @default 3 */
  readonly maxTransportRetries?: number | undefined;
  /** First wait, in ms: 1, 2, 3 times this after a failed transport, 1, 2, 4, 8, 16 times this after a 429. @default 1_000 */
  readonly initialRetryDelay?: number | undefined;
  /** Retry 502, 503, 504, and a 500 that its body marks `retryable`, where the operation is safe to repeat. @default false */
  readonly retryServerErrors?: boolean | undefined;
  /** Retry when no connection came up in time. @default false */
  readonly retryConnectTimeouts?: boolean | undefined;
  /** 'retry' repeats also what may have been processed. @default 'fail' */
  readonly ambiguousWrites?: 'fail' | 'retry' | undefined;
  /** Random part of a wait: 0.1 is a tenth more or less, 'full' anything from 0 to the whole. @default 0.1 */
  readonly jitter?: Jitter | undefined;
  /** Longest Retry-After obeyed, in ms. When the server asks for more, its answer is handed back at once. @default 60_000 */
  readonly maxRetryAfterMs?: number | undefined;
  /** Calls to one wrapper that may wait out a 429 at the same time; one more gets its 429 at once. @default 1_000 */
  readonly maxRateLimitWaiters?: number | undefined;
  /** Retries allowed over all calls to one origin; `false` = no limit. @default { tokens: 100, retryCost: 5, successRefund: 1 } */
  readonly retryBudget?: RetryBudgetOptions | false | undefined;
  /** Called before each further attempt. What it throws is logged and changes nothing. @default none */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** May replace what the rules made of an attempt; `undefined` keeps it, and so does what it throws, which is logged. @default none */
  readonly classify?: ((outcome: Outcome, context: CallContext) => Outcome | undefined) | undefined;
  /** @default none */
  readonly logger?: RetryLogger | undefined;
  /** Milliseconds since the epoch, for deadlines and dates. @default a monotonic clock for deadlines, Date.now for dates */
  readonly now?: (() => number) | undefined;
  /** @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Must reject when the signal aborts; a call does not wait for that. @default a timer */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

/** The same, complete. */
export interface RetryPolicy extends DecisionPolicy {
  readonly authHeader: string;
  readonly requestTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly ambiguousWrites: 'fail' | 'retry';
  readonly maxRateLimitWaiters: number;
  readonly retryBudget: RetryBudgetPolicy | false;
}

/** What a call may reach for outside itself. */
export interface Effects {
  readonly now: () => number;
  readonly wallClock: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const RETRY_DEFAULTS: RetryPolicy = {
  authHeader: 'x-authorization',
  requestTimeoutMs: 60_000,
  totalTimeoutMs: 0,
  maxRateLimitRetries: 5,
  maxTransportRetries: 3,
  initialRetryDelay: 1_000,
  retryServerErrors: false,
  retryConnectTimeouts: false,
  ambiguousWrites: 'fail',
  jitter: 0.1,
  maxRetryAfterMs: 60_000,
  maxRateLimitWaiters: 1_000,
  retryBudget: RETRY_BUDGET_DEFAULTS,
};

/** Fills in the defaults, or throws a RangeError that names the option. */
export function resolvePolicy(options: RetryFetchOptions): RetryPolicy {
  const policy: RetryPolicy = {
    ...filled(RETRY_DEFAULTS, options),
    authHeader: (options.authHeader ?? RETRY_DEFAULTS.authHeader).toLowerCase(),
    retryBudget: options.retryBudget === false ? false : resolveBudget(options.retryBudget),
  };
  for (const name of ['requestTimeoutMs', 'totalTimeoutMs', 'initialRetryDelay', 'maxRetryAfterMs'] as const)
    mustBeDuration(name, policy[name]);
  for (const name of ['maxRateLimitRetries', 'maxTransportRetries', 'maxRateLimitWaiters'] as const)
    mustBe(name, Number.isInteger(policy[name]) && policy[name] >= 0, 'a whole number, 0 or more');
  if (policy.jitter !== 'full')
    mustBe('jitter', policy.jitter >= 0 && policy.jitter <= 1, "'full' or a number from 0 to 1");
  mustBe('authHeader', /^[!#$%&'*+.^_`|~\w-]+$/.test(policy.authHeader), 'a header name');
  mustBe('ambiguousWrites', ['fail', 'retry'].includes(policy.ambiguousWrites), "'fail' or 'retry'");
  return policy;
}

/** The platform's clock of its own timers. Asked by name each time: a test may put another in its place. */
export const monotonic = (): number => performance.now();

export function resolveEffects(options: RetryFetchOptions): Effects {
  return {
    // The wall clock jumps, so no deadline hangs on it. A date in a header is a date on the wall.
    now: options.now ?? monotonic,
    wallClock: options.now ?? (() => Date.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
  };
}

function resolveBudget(options: RetryBudgetOptions | undefined): RetryBudgetPolicy {
  const budget = filled(RETRY_BUDGET_DEFAULTS, options ?? {});
  for (const [name, value] of Object.entries(budget) as [string, number][]) {
    mustBe(`retryBudget.${name}`, Number.isFinite(value) && value >= 0, 'a number, 0 or more');
  }
  return budget;
}

/** @throws RangeError that names the option. */
export function mustBeDuration(option: string, value: number): void {
  mustBe(option, Number.isFinite(value) && value >= 0, 'a number of milliseconds, 0 or more');
}

/** The defaults, each where the options say nothing. */
function filled<Policy extends object>(defaults: Policy, options: object): Policy {
  const given = options as Partial<Policy>;
  const entries = Object.entries(defaults) as [keyof Policy & string, unknown][];
  return Object.fromEntries(entries.map(([name, byDefault]) => [name, given[name] ?? byDefault])) as Policy;
}

function mustBe(option: string, isRight: boolean, expected: string): void {
  if (!isRight) throw new RangeError(`${option} must be ${expected}`);
}
