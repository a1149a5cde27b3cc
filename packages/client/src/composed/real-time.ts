import { monotonic, waitFor } from '../runtime/patience.ts';
import { throwIfAborted } from '../runtime/throw-if-aborted.ts';

/** What a helper that waits may reach for outside itself. */
export interface Time {
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** Rejects with the signal's reason as soon as it aborts. When `closing` aborts it is over: the next call is refused, and says why. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined, closing?: AbortSignal) => Promise<void>;
}

export const REAL_TIME: Time = {
  now: monotonic,
  async sleep(ms, signal, closing) {
    await waitFor(new Promise(() => undefined), { signal, closing, limitMs: ms });
    throwIfAborted(signal);
  },
};
