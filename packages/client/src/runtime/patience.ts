/** The longest that a timer of Node's can be set for; beyond it, it fires at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** What comes in place of a value that did not come in time. */
export const OVER: unique symbol = Symbol('over');

/** How long a call waits for code of the user's. */
export interface Patience {
  readonly signal: AbortSignal | undefined;
  readonly limitMs: number;
}

/**
 * Code of the user's (an interceptor, middleware) may take for ever: a call waits for it no longer than for the server, and not at all
 * once it has been aborted. What the code gives after that is dropped.
 */
export async function waitFor<T>(work: T | Promise<T>, { signal, limitMs }: Patience): Promise<T | typeof OVER> {
  let end = (): void => undefined;
  const over = new Promise<typeof OVER>((resolve) => {
    end = () => resolve(OVER);
  });
  const timer = limitMs < MAX_TIMER_MS ? setTimeout(end, limitMs) : undefined;
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  try {
    return await Promise.race([over, work]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}
