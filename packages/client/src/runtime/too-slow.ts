import { TimeoutError } from '@conductor-ts/retry';
import type { Call } from './call.ts';
import { OVER, type Patience, waitFor } from './patience.ts';
import { throwIfAborted } from './throw-if-aborted.ts';

/** What is known of a call that is held. */
export type HeldCall = Pick<Call, 'operation' | 'timeoutMs' | 'totalTimeoutMs' | 'failures'> & {
  readonly attempts?: number | undefined;
};

/** Waits for code of the user's through which an answer goes, and no longer than its call may take. `who`: which code. */
export type Holder = <T>(
  work: T | Promise<T>,
  patience: Patience,
  who: string,
  call: HeldCall,
  mayHaveBeenProcessed?: boolean,
  code?: TimeoutError['code'],
) => Promise<T>;

/** @throws TimeoutError, or the reason of the signal */
export const holdNoLonger: Holder = async (
  work,
  patience,
  who,
  call,
  mayHaveBeenProcessed = true,
  code = 'TOTAL_TIMEOUT',
) => {
  const value = await waitFor(work, patience);
  if (value !== OVER) return value;
  throwIfAborted(patience.signal);
  const { operation, attempts = 0, failures = [] } = call;
  const timeoutMs = (code === 'TOTAL_TIMEOUT' ? call.totalTimeoutMs : call.timeoutMs) ?? 0;
  const error = new TimeoutError({ code, timeoutMs, mayHaveBeenProcessed, operation, attempts, failures });
  throw Object.assign(error, { hint: `${who} did not come to its end in time.` });
};
