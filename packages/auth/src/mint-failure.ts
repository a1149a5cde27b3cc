import type { AuthErrorCode } from './auth-error.ts';

/** Why an attempt to get a token failed, as plain data: every caller that suffers from it gets an error object of its own. */
export interface MintFailure {
  /**
   * What the life of the token makes of it:
   * - `no-endpoint`: the server answered 404; on first contact this means a server that needs no token
   * - `credentials`: the server refused key id and secret; asking again soon would only hammer it
   * - `transient`: may pass by itself; who has no token yet waits for the next attempt
   * - `permanent`: will hardly pass without a human; who has no token yet is told at once
   */
  readonly kind: 'no-endpoint' | 'credentials' | 'transient' | 'permanent';
  readonly code: AuthErrorCode;
  readonly status?: number | undefined;
  /** `error` of the answer's body, such as USER_NOT_FOUND. */
  readonly serverCode?: string | undefined;
  /** `message` of the answer's body, shortened and free of secrets. */
  readonly serverMessage?: string | undefined;
  /** How long the server asked us to stay away. */
  readonly retryAfterMs?: number | undefined;
  /** Where it says more than the hint of the code. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}
