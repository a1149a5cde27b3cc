import type { ConductorLogger } from '@conductor-ts/logger';
import type { RetryEvent } from '@conductor-ts/retry';

/** A server that comes and goes makes no more than one pair of lines in this time, in milliseconds. */
const QUIET_MS = 30_000;

/** Tells the log that the server cannot be reached, and that it can be again: once each, however many calls try. Lives as long as its client. */
export interface Outages {
  /** An attempt has failed and there will be another: until then, whoever runs the program would see nothing happen. */
  readonly onRetry: (event: RetryEvent) => void;
  /** The server has answered. */
  isOver(): void;
}

export function tellOutages(
  logger: ConductorLogger,
  serverUrl: string,
  now: () => number = () => performance.now(),
): Outages {
  let sinceMs: number | undefined;
  let toldMs = -Infinity;
  return {
    onRetry({ outcome, operation, attempt, delayMs, error }) {
      // Only what proves that there was no connection: a single lost answer says nothing of the server.
      if (sinceMs !== undefined || outcome.kind !== 'unsent' || outcome.refusedByPeer === true) return;
      if (now() - toldMs < QUIET_MS) return;
      sinceMs = toldMs = now();
      const { hint } = error as { hint?: unknown };
      logger.warn('The server cannot be reached: trying again', {
        serverUrl,
        code: outcome.code,
        operation,
        attempt,
        delayMs: Math.round(delayMs),
        hint,
      });
    },
    isOver() {
      if (sinceMs === undefined) return;
      logger.info('The server can be reached again', { serverUrl, downMs: Math.round(now() - sinceMs) });
      sinceMs = undefined;
    },
  };
}
