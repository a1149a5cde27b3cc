import { reasonOf } from './abort-reason.ts';

/** Callers that wait for the attempt under way. Each leaves by itself: one caller's abort is nothing to the others. */
export interface WaitingRoom {
  /** Resolves `true` when woken and `false` after `maxMs`; rejects with the signal's reason. */
  wait(maxMs: number, signal: AbortSignal | undefined): Promise<boolean>;
  wakeAll(): void;
  isEmpty(): boolean;
}

/** Lives as long as its token manager. Not one shared promise: it would keep every caller that gave up until it settles. */
export function createWaitingRoom(): WaitingRoom {
  const wakers = new Set<() => void>();
  return {
    wait: (maxMs, signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          clearTimeout(timer);
          wakers.delete(woken);
          signal?.removeEventListener('abort', aborted);
        };
        const woken = (): void => {
          leave();
          resolve(true);
        };
        const late = (): void => {
          leave();
          resolve(false);
        };
        const aborted = (): void => {
          leave();
          if (signal !== undefined) reject(reasonOf(signal));
        };
        const timer = setTimeout(late, Math.max(maxMs, 0));
        wakers.add(woken);
        signal?.addEventListener('abort', aborted, { once: true });
        // Aborted between two waits: it would not say so again.
        if (signal?.aborted === true) aborted();
      }),
    wakeAll: () => {
      for (const wake of wakers) wake();
    },
    isEmpty: () => wakers.size === 0,
  };
}
