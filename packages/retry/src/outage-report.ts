import { makeRoom } from './make-room.ts';
import type { Outcome } from './outcome.ts';
import type { RetryLogger } from './retry-logger.ts';

/** While calls go on failing, a line comes as often as this. */
const SUMMARY_MS = 60_000;
/** So long no call may have failed before there is talk of recovery: a server that fails half of the calls has not recovered between two of them. */
export const QUIET_MS = 10_000;

interface Outage {
  failed: number;
  readonly sinceMs: number;
  lastMs: number;
  toldMs: number;
}

/**
 * Tells the log of an outage, and not of each call in it: the first failure, a summary once a minute, and the recovery. A lost
 * answer after which the call succeeds is no failure. Lives as long as its wrapper; an origin that works takes no memory.
 */
export class OutageReport {
  readonly #logger: RetryLogger;
  readonly #outages = new Map<string, Outage>();

  constructor(logger: RetryLogger) {
    this.#logger = logger;
  }

  /** Nothing has failed: the usual case, in which a success is no news. */
  get untouched(): boolean {
    return this.#outages.size === 0;
  }

  /**
   * An attempt has ended so, and there will be another: until then, whoever runs the program would see nothing happen. Only what
   * proves that there is no connection is told.
   */
  retried(origin: string, outcome: Outcome, nowMs: number): void {
    if (outcome.kind !== 'unsent' || outcome.refusedByPeer === true) return;
    const outage = this.#outages.get(origin);
    if (outage !== undefined) {
      outage.lastMs = nowMs;
      return;
    }
    this.#open(origin, nowMs, 0);
    this.#logger.warn(
      'The server cannot be reached, trying again: the next line comes in a minute, or when it works again',
      { origin, reason: outcome.code },
    );
  }

  /** A call has ended so. What its server has decided, and what would fail again the same way, is told to its caller alone. */
  failed(origin: string, outcome: Outcome, nowMs: number): void {
    if (outcome.kind === 'answered' || outcome.kind === 'throttled' || outcome.kind === 'permanent') return;
    if (outcome.kind === 'token-rejected') return;
    const reason = 'status' in outcome ? outcome.status : outcome.code;
    const outage = this.#outages.get(origin);
    if (outage === undefined) {
      this.#open(origin, nowMs, 1);
      this.#logger.warn('A call has failed: the next line comes in a minute, or when it works again', {
        origin,
        reason,
      });
      return;
    }
    outage.failed += 1;
    outage.lastMs = nowMs;
    if (nowMs - outage.toldMs < SUMMARY_MS) return;
    outage.toldMs = nowMs;
    this.#logger.warn('Calls still fail', { origin, reason, failed: outage.failed, sinceMs: nowMs - outage.sinceMs });
  }

  succeeded(origin: string, nowMs: number): void {
    const outage = this.#outages.get(origin);
    if (outage === undefined || nowMs - outage.lastMs < QUIET_MS) return;
    this.#outages.delete(origin);
    this.#logger.info('Calls succeed again', {
      origin,
      failed: outage.failed,
      afterMs: outage.lastMs - outage.sinceMs,
    });
  }

  #open(origin: string, nowMs: number, failed: number): void {
    makeRoom(this.#outages);
    this.#outages.set(origin, { failed, sinceMs: nowMs, lastMs: nowMs, toldMs: nowMs });
  }
}
