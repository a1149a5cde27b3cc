import type { RetryLogger } from './retry-logger.ts';

/** Retries allowed over all calls to one origin: a bucket of tokens that failures empty and successes fill. */
export interface RetryBudgetPolicy {
  /** Size of the bucket; full at the start. @default 100 */
  readonly tokens: number;
  /** Taken by each retry after a failed transport or a 5xx. @default 5 */
  readonly retryCost: number;
  /** Given back by each success; a success on a retry gives back its cost too. @default 1 */
  readonly successRefund: number;
}

export type RetryBudgetOptions = { [K in keyof RetryBudgetPolicy]?: RetryBudgetPolicy[K] | undefined };

export const RETRY_BUDGET_DEFAULTS: RetryBudgetPolicy = { tokens: 100, retryCost: 5, successRefund: 1 };

/** A client talks to one origin or two. The bound is for a program that walks through the web with one wrapper. */
const MAX_ORIGINS = 1_000;

interface Bucket {
  tokens: number;
  /** Refusals since the bucket ran empty; 0 = not empty. */
  refused: number;
  emptySinceMs: number;
}

/**
 * Keeps retries from multiplying an outage: with everything failing, what is left is one attempt per call. First attempts are
 * never asked about. Lives as long as its wrapper; an origin whose bucket is full takes no memory.
 */
export class RetryBudget {
  readonly #policy: RetryBudgetPolicy;
  readonly #logger: RetryLogger | undefined;
  readonly #buckets = new Map<string, Bucket>();

  constructor(policy: RetryBudgetPolicy, logger: RetryLogger | undefined) {
    this.#policy = policy;
    this.#logger = logger;
  }

  /** No origin has spent anything: the usual case, in which a success has nothing to give back. */
  get untouched(): boolean {
    return this.#buckets.size === 0;
  }

  allows(origin: string): boolean {
    return (this.#buckets.get(origin)?.tokens ?? this.#policy.tokens) >= this.#policy.retryCost;
  }

  spend(origin: string): void {
    let bucket = this.#buckets.get(origin);
    if (bucket === undefined) {
      this.#makeRoom();
      bucket = { tokens: this.#policy.tokens, refused: 0, emptySinceMs: 0 };
      this.#buckets.set(origin, bucket);
    }
    bucket.tokens = Math.max(0, bucket.tokens - this.#policy.retryCost);
  }

  /** Says so once; the next line about this origin is its recovery. */
  refuse(origin: string, nowMs: number): void {
    const bucket = this.#buckets.get(origin);
    if (bucket === undefined) return;
    bucket.refused += 1;
    if (bucket.refused > 1) return;
    bucket.emptySinceMs = nowMs;
    this.#logger?.warn('Retry budget exhausted: calls now fail after one attempt', { origin });
  }

  /** `retried`: the success was a retry that had paid. */
  succeed(origin: string, retried: boolean, nowMs: number): void {
    const bucket = this.#buckets.get(origin);
    if (bucket === undefined) return;
    bucket.tokens += this.#policy.successRefund + (retried ? this.#policy.retryCost : 0);
    if (bucket.refused > 0 && bucket.tokens >= this.#policy.retryCost) {
      this.#logger?.info('Retry budget recovered', {
        origin,
        refusedRetries: bucket.refused,
        afterMs: Math.round(nowMs - bucket.emptySinceMs),
      });
      bucket.refused = 0;
    }
    if (bucket.tokens >= this.#policy.tokens) this.#buckets.delete(origin);
  }

  #makeRoom(): void {
    if (this.#buckets.size < MAX_ORIGINS) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }
}
