import type { ServerMode } from './token-events.ts';

/** Figures for tests and health pages. */
export interface TokenStats {
  /** Tokens obtained. */
  readonly mints: number;
  /** Attempts to obtain one. */
  readonly attempts: number;
  /** Failed attempts in a row; 0 = all is well. */
  readonly failures: number;
  /** Whether an attempt is under way. */
  readonly minting: boolean;
}

/**
 * One access token and its life. One manager can serve any number of clients: they share its token. Its functions need no `this`.
 */
export interface TokenManager {
  /** What is known of the server. */
  readonly mode: ServerMode;
  /** The token if it is fresh, at once; `undefined`: ask `getToken`, which waits for one where there has to be one. */
  readonly freshToken: () => string | undefined;
  /**
   * The token for a call: a plain value while it is fresh, else a promise. `undefined`: the server needs none. Rejects with AuthError,
   * or with the reason of `signal`; a token obtained once is never taken away, even while the endpoint fails.
   */
  readonly getToken: (signal?: AbortSignal) => string | undefined | Promise<string | undefined>;
  /**
   * A token in place of one that the server refused. One that is newer already is returned at once. `undefined`: none to be had now.
   * Rejects only with the reason of `signal`.
   */
  readonly refreshToken: (rejected: string, signal?: AbortSignal) => string | undefined | Promise<string | undefined>;
  /** Gets the first token, then refreshes in the background. Tells what kind of server it is. May be called by each client that shares it. */
  readonly start: (signal?: AbortSignal) => Promise<ServerMode>;
  /**
   * Ends the background refresh, and a `start()` that still waits. getToken and refreshToken go on working on demand, so it is safe for
   * the clients that share the manager; `start()` begins anew.
   */
  readonly stopBackgroundRefresh: () => void;
  readonly stats: () => TokenStats;
}
