/** The longest that a timer of Node's can be set for; beyond it, it fires at once. */
export const MAX_TIMER_MS = 2_147_483_647;

/** Milliseconds of a clock that never jumps. */
export const monotonic = (): number => performance.now();

/** What comes in place of a value that did not come in time. */
export const OVER: unique symbol = Symbol('over');

/** How long a call waits for code of the user's. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  readonly limitMs: number;
  /** Ends the wait as well. */
  readonly closing?: AbortSignal | undefined;
}

/**
 * Code of the user's (an interceptor, middleware, a fetch) may take for ever: a call waits for it no longer than for the server, and
 * not at all once it has been aborted. What the code gives after that is dropped.
 */
export async function waitFor<T>(
  work: T | Promise<T>,
  { signal, closing, limitMs }: Patience,
): Promise<T | typeof OVER> {
  let end = (): void => undefined;
  const over = new Promise<typeof OVER>((resolve) => {
    end = () => resolve(OVER);
  });
  const timer = limitMs < MAX_TIMER_MS ? setTimeout(end, Math.max(0, limitMs)) : undefined;
  const signals = [signal, closing];
  for (const one of signals) {
    one?.addEventListener('abort', end);
    if (one?.aborted) end();
  }
  try {
    return await Promise.race([over, work]);
  } finally {
    clearTimeout(timer);
    for (const one of signals) one?.removeEventListener('abort', end);
  }
}
