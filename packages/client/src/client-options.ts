import type { TokenManager } from '@conductor-ts/auth';
import type { RetryFetchOptions, TokenSource } from '@conductor-ts/retry';
import type { ParseJson } from './runtime/parse-json.ts';
import type { Middleware } from './runtime/middleware.ts';

/** What a client takes beside its configuration: objects and hooks, which no environment variable can hold. */
export interface ClientOptions {
  /**
   * Where tokens come from, in place of the configured key. One token manager may serve any number of clients: they
   * share its tokens, and closing them leaves it running.
   */
  readonly tokens?: TokenManager | TokenSource | undefined;
  /** Ends the creation: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long creation tries to get the first token from a server that fails or cannot be reached, in milliseconds. @default 15_000 */
  readonly initialTokenTimeoutMs?: number | undefined;
  /** Retry rules that differ from the defaults, and hooks into them (`classify`, `onRetry`). */
  readonly retry?: Omit<RetryFetchOptions, 'tokens' | 'onAuthFailure' | 'authHeader' | 'requestTimeoutMs'> | undefined;
  /** Goes around every call, outside of retries: may change what is sent and what comes back, and sees how it ended. */
  readonly middleware?: Middleware | undefined;
  /** Reads the JSON of answers: `bigIntegersAsStrings` keeps all digits of large numbers. @default `JSON.parse` */
  readonly parseJson?: ParseJson | undefined;
}
