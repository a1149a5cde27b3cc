/** The longest delay a timer can hold; a longer one would fire at once. */
export const MAX_TIMER_MS = 2_147_483_647;

/** Resolves after `ms`. Aborting clears the timer and rejects with the signal's reason at once. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(toReason(signal));
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      if (signal !== undefined) reject(toReason(signal));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(ms, MAX_TIMER_MS),
    );
    signal?.addEventListener('abort', stop, { once: true });
  });
}

// The reason is the user's own value, of whatever type: it is passed on as it is.
function toReason(signal: AbortSignal): Error {
  return signal.reason as Error;
}
