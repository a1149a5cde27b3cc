import type { AttemptFailure } from './call.ts';
import type { Outcome } from './outcome.ts';
import type { Doubt } from './replay.ts';

/** What the failed attempts of one call leave behind. Made at the first failure; most calls have none. */
export class History {
  readonly failures: AttemptFailure[] = [];
  transportRetries = 0;
  rateLimitRetries = 0;
  /** The replay with a fresh token is used up. A retry that has waited gets a new one: the token may have run out meanwhile. */
  replayed = false;
  /** The last retry was paid for from the budget. */
  paid = false;
  doubt: Doubt = 'none';
  /** The error that lost the answer. */
  doubtCause: unknown;

  record(outcome: Outcome, error: unknown, durationMs: number): void {
    this.failures.push({
      outcome: outcome.kind,
      ...('status' in outcome && { status: outcome.status }),
      ...('code' in outcome && outcome.code !== undefined && { code: outcome.code }),
      durationMs,
    });
    this.#doubt(outcome, error);
  }

  count(retry: 'transport' | 'rate-limit', paid: boolean): void {
    if (retry === 'transport') this.transportRetries += 1;
    else this.rateLimitRetries += 1;
    this.paid = paid;
    this.replayed = false;
  }

  #doubt(outcome: Outcome, error: unknown): void {
    if (outcome.kind === 'ambiguous') {
      this.doubt = 'reply-lost';
      this.doubtCause = error;
    } else if (outcome.kind === 'server-error' && outcome.status !== 503 && this.doubt === 'none') {
      this.doubt = 'gateway';
    }
  }
}
