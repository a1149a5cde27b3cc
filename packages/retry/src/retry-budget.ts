import { makeRoom } from './make-room.ts';
import { QUIET_MS } from './outage-report.ts';
import type { RetryLogger } from './retry-logger.ts';

/** Retries allowed over all calls to one origin: a bucket of tokens that failures empty and successes fill. */
export interface RetryBudgetPolicy {
  /** Size of the bucket; full at the start. Larger while more calls are in flight than it could give a retry each. @default 100 */
  readonly tokens: number;
  /** Taken by each retry after a failed transport or a 5xx. @default 5 */
  readonly retryCost: number;
  /** Given back by each success; a success on a retry gives back its cost too. @default 1 */
  readonly successRefund: number;
}

export type RetryBudgetOptions = { [K in keyof RetryBudgetPolicy]?: RetryBudgetPolicy[K] | undefined };

export const RETRY_BUDGET_DEFAULTS: RetryBudgetPolicy = { tokens: 100, retryCost: 5, successRefund: 1 };

interface Bucket {
  tokens: number;
  size: number;
  /** Retries refused since the log was told that it is empty; 0 = not told. */
  refused: number;
  /** When the first and the last of them were. */
  emptySinceMs: number;
  refusedMs: number;
}

/**
 * Keeps retries from multiplying an outage: with everything failing, what is left is one attempt per call. First attempts are
 * never asked about. A lost connection fails every call on it at once, which is one event and no outage: so there is always
 * room for one retry of each call in flight. Lives as long as its wrapper; an origin whose bucket is full takes no memory.
 */
export class RetryBudget {
  readonly #policy: RetryBudgetPolicy;
  readonly #logger: RetryLogger | undefined;
  readonly #buckets = new Map<string, Bucket>();
  /** Over all origins, which errs towards a larger bucket. */
  #inFlight = 0;

  constructor(policy: RetryBudgetPolicy, logger: RetryLogger | undefined) {
    this.#policy = policy;
    this.#logger = logger;
  }

  /** No origin has spent anything: the usual case, in which a success has nothing to give back. */
  get untouched(): boolean {
    return this.#buckets.size === 0;
  }

  /** A call begins. */
  enter(): void {
    this.#inFlight += 1;
  }

  /** A call is over. */
  leave(): void {
    this.#inFlight -= 1;
  }

  allows(origin: string): boolean {
    const bucket = this.#buckets.get(origin);
    const tokens = bucket === undefined ? this.#size : this.#grown(bucket).tokens;
    return tokens >= this.#policy.retryCost;
  }

  spend(origin: string): void {
    let bucket = this.#buckets.get(origin);
    if (bucket === undefined) {
      makeRoom(this.#buckets);
      bucket = { tokens: this.#size, size: this.#size, refused: 0, emptySinceMs: 0, refusedMs: 0 };
      this.#buckets.set(origin, bucket);
    }
    this.#grown(bucket).tokens = Math.max(0, bucket.tokens - this.#policy.retryCost);
  }

  /** Says so once; the next line about this origin is its recovery. */
  refuse(origin: string, nowMs: number): void {
    const bucket = this.#buckets.get(origin);
    if (bucket === undefined) return;
    bucket.refused += 1;
    bucket.refusedMs = nowMs;
    if (bucket.refused > 1) return;
    bucket.emptySinceMs = nowMs;
    this.#logger?.warn('Retry budget exhausted: calls now fail after one attempt', { origin });
  }

  /** `retried`: the success was a retry that had paid. */
  succeed(origin: string, retried: boolean, nowMs: number): void {
    const bucket = this.#buckets.get(origin);
    if (bucket === undefined) return;
    const refund = this.#policy.successRefund + (retried ? this.#policy.retryCost : 0);
    bucket.tokens = Math.min(bucket.size, bucket.tokens + refund);
    // Connections that stand go on giving tokens while new ones are refused: that is one outage, and no recovery between two refusals.
    const isOver = bucket.tokens >= this.#policy.retryCost && nowMs - bucket.refusedMs >= QUIET_MS;
    if (bucket.refused > 0 && isOver) {
      this.#logger?.info('Retry budget recovered', {
        origin,
        refusedRetries: bucket.refused,
        afterMs: Math.round(bucket.refusedMs - bucket.emptySinceMs),
      });
      bucket.refused = 0;
    }
    if (bucket.refused === 0 && bucket.tokens >= bucket.size) this.#buckets.delete(origin);
  }

  get #size(): number {
    return Math.max(this.#policy.tokens, this.#inFlight * this.#policy.retryCost);
  }

  /** More calls came since: each brings its own share, and none is taken away before the bucket is full again. */
  #grown(bucket: Bucket): Bucket {
    const more = this.#size - bucket.size;
    if (more > 0) {
      bucket.size += more;
      bucket.tokens += more;
    }
    return bucket;
  }
}
