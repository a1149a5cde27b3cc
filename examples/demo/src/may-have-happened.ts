import { AmbiguousRequestError, ConductorApiError } from '@conductor-ts/client';

/** Is this failure one after which the server may, or may not, have done what it was asked? */
export function mayHaveHappened(error: unknown): boolean {
  // A gateway's 502, 503 or 504 tells as little as a lost answer.
  return error instanceof AmbiguousRequestError || (error instanceof ConductorApiError && error.status >= 500);
}
