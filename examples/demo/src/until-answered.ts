import { setTimeout as sleep } from 'node:timers/promises';
import { ConductorApiError, TransportError } from '@conductor-ts/client';
import { mayHaveHappened } from './may-have-happened.ts';

const MAX_TRIES = 20;
const PAUSE_MS = 200;

/** Makes a call again that failed for a reason that passes. Only for what may be done twice: reads, and starts that were refused. */
export async function untilAnswered<T>(
  call: () => Promise<T>,
  passes: (error: unknown) => boolean = mayPass,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      // The client has made its own attempts by then: a server that is away longer than that needs a longer breath.
      if (tries === MAX_TRIES || !passes(error)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** Is this a failure that is over soon: a lost connection, a server in trouble, a token that cannot be renewed just now? */
export function mayPass(error: unknown): boolean {
  if (mayHaveHappened(error) || error instanceof TransportError) return true;
  return error instanceof ConductorApiError && (error.retryable || error.isAuth());
}

/** The same, where the server has certainly done nothing. */
export function wasRefusedForNow(error: unknown): boolean {
  return mayPass(error) && !mayHaveHappened(error);
}
