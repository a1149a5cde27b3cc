import { TimeoutError } from '@conductor-ts/retry';
import type { Call } from './call.ts';

/** The error of a call that code of the user's has held until its time was over. `who`: which code. */
export function tooSlow(
  who: string,
  call: Pick<Call, 'operation' | 'timeoutMs' | 'totalTimeoutMs' | 'failures'> & {
    readonly attempts?: number | undefined;
  },
  mayHaveBeenProcessed: boolean,
  code: TimeoutError['code'] = 'TOTAL_TIMEOUT',
): TimeoutError {
  const { operation, attempts = 0, failures = [] } = call;
  const timeoutMs = (code === 'TOTAL_TIMEOUT' ? call.totalTimeoutMs : call.timeoutMs) ?? 0;
  const error = new TimeoutError({ code, timeoutMs, mayHaveBeenProcessed, operation, attempts, failures });
  return Object.assign(error, { hint: `${who} did not come to its end in time.` });
}
