import { AmbiguousRequestError, ConductorApiError, TimeoutError, TransportError } from '@conductor-ts/client';

/**
 * What a failed call leaves to do. `look`: it may have been carried out, so look before it is made again. `again`: it
 * was not. `give-up`: it would fail in the same way for ever.
 */
export function whatNow(error: unknown): 'look' | 'again' | 'give-up' {
  if (error instanceof AmbiguousRequestError) return 'look';
  if (error instanceof TimeoutError) return error.mayHaveBeenProcessed ? 'look' : 'again';
  // A gateway's 502, 503 or 504 tells as little as a lost answer; nor does the server's own 500 while its file is locked.
  if (error instanceof ConductorApiError)
    return error.status >= 500 ? 'look' : error.status === 429 ? 'again' : 'give-up';
  if (error instanceof TransportError)
    return error.permanent ? 'give-up' : error.requestSent === false ? 'again' : 'look';
  return 'give-up';
}
