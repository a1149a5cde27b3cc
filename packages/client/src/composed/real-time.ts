import { MAX_TIMER_MS } from '../runtime/patience.ts';
import { throwIfAborted } from '../runtime/throw-if-aborted.ts';

/** What a helper that waits may reach for outside itself. */
export interface Time {
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export const REAL_TIME: Time = { now: () => performance.now(), sleep };

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  throwIfAborted(signal);
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const timer = setTimeout(wake, Math.min(ms, MAX_TIMER_MS));
  signal?.addEventListener('abort', wake);
  try {
    await awake;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', wake);
  }
  throwIfAborted(signal);
}
