import { TimeoutError } from '@conductor-ts/retry';
import type { Call } from './call.ts';
import { OVER, waitFor } from './patience.ts';
import { throwIfAborted } from './throw-if-aborted.ts';

/** What is known of a call that is held. */
export type HeldCall = Pick<Call, 'operation' | 'timeoutMs' | 'totalTimeoutMs' | 'failures'> & {
  readonly attempts?: number | undefined;
};

/** How long a call may be held. */
export interface HoldLimits {
  readonly signal: AbortSignal | undefined;
  /** What is left of the whole call. */
  readonly leftMs: number;
  /** What an attempt may take; none and 0 mean no limit. */
  readonly attemptMs?: number | undefined;
}

/** Waits for code of the user's through which an answer goes, and no longer than its call may take. `who`: which code. */
export type Holder = <T>(
  work: T | Promise<T>,
  limits: HoldLimits,
  who: string,
  call: HeldCall,
  mayHaveBeenProcessed?: boolean,
) => Promise<T>;

/** @throws TimeoutError, or the reason of the signal */
export const holdNoLonger: Holder = async (
  work,
  { signal, leftMs, attemptMs },
  who,
  call,
  mayHaveBeenProcessed = true,
) => {
  const limitMs = attemptMs || Infinity;
  const value = await waitFor(work, { signal, limitMs: Math.min(leftMs, limitMs) });
  if (value !== OVER) return value;
  throwIfAborted(signal);
  throw tooSlow(leftMs <= limitMs ? 'TOTAL_TIMEOUT' : 'ATTEMPT_TIMEOUT', who, call, mayHaveBeenProcessed);
};

/** The error of a call that was held too long. */
export function tooSlow(
  code: TimeoutError['code'],
  who: string,
  call: HeldCall,
  mayHaveBeenProcessed = true,
): TimeoutError {
  const { operation, attempts = 0, failures = [] } = call;
  const timeoutMs = (code === 'TOTAL_TIMEOUT' ? call.totalTimeoutMs : call.timeoutMs) ?? 0;
  const error = new TimeoutError({ code, timeoutMs, mayHaveBeenProcessed, operation, attempts, failures });
  return Object.assign(error, { hint: `${who} did not come to its end in time.` });
}
