import { AuthError } from '@conductor-ts/auth';
import { TimeoutError } from '@conductor-ts/retry';
import { TransportError } from '@conductor-ts/transport';
import { ConductorApiError } from '../errors/conductor-api-error.ts';
import { ConductorSdkError } from '../errors/conductor-sdk-error.ts';

/** A refusal that no later call would be spared: the server does not offer it. */
const NOT_IMPLEMENTED = 501;
/** Passes, whatever the body says: Conductor writes `retryable: false` into errors of every kind. */
const TOO_MANY_REQUESTS = 429;

/**
 * May the same harmless request do better in a while? True for a server that is busy, restarting or out of reach;
 * false for what a person has to change first. Decided by class, code and status, never by words.
 */
export function isPassingTrouble(error: unknown): boolean {
  if (error instanceof ConductorApiError) {
    const { status, retryable } = error;
    return retryable || status === TOO_MANY_REQUESTS || (status >= 500 && status !== NOT_IMPLEMENTED);
  }
  if (error instanceof TransportError) return !error.permanent;
  if (error instanceof TimeoutError) return error.code === 'ATTEMPT_TIMEOUT';
  if (error instanceof AuthError) {
    return error.code === 'AUTH_ENDPOINT_UNREACHABLE' || error.code === 'AUTH_ENDPOINT_TIMEOUT';
  }
  return error instanceof ConductorSdkError && error.code === 'FETCH_FAILED';
}
