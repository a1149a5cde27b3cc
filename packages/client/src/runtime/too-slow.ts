import { TimeoutError } from '@conductor-ts/retry';
import type { Call } from './call.ts';
import { inTime, type Patience } from './patience.ts';

/** What is known of a call that is held. */
export type HeldCall = Pick<Call, 'operation' | 'timeoutMs' | 'totalTimeoutMs' | 'failures'> & {
  readonly attempts?: number | undefined;
};

/** Waits for code of the user's through which an answer goes, and no longer than its call may take. `who`: which code. */
export type Holder = <T>(work: T | Promise<T>, patience: Patience, who: string, call: HeldCall) => Promise<T>;

/** @throws TimeoutError, or the reason of the signal */
export const holdNoLonger: Holder = (work, patience, who, call) =>
  inTime(work, patience, () => tooSlow(who, call, true));

/** The error of a call that code of the user's has held until its time was over. `who`: which code. */
export function tooSlow(
  who: string,
  call: HeldCall,
  mayHaveBeenProcessed: boolean,
  code: TimeoutError['code'] = 'TOTAL_TIMEOUT',
): TimeoutError {
  const { operation, attempts = 0, failures = [] } = call;
  const timeoutMs = (code === 'TOTAL_TIMEOUT' ? call.totalTimeoutMs : call.timeoutMs) ?? 0;
  const error = new TimeoutError({ code, timeoutMs, mayHaveBeenProcessed, operation, attempts, failures });
  return Object.assign(error, { hint: `${who} did not come to its end in time.` });
}
