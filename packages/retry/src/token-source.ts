/** Gives the token for the auth header. A token that is known to be fresh comes as a value, not as a promise. */
export interface TokenSource {
  /** Where there is one, it is asked first: the token if it is fresh, without any wait; `undefined`: `getToken` has to be asked. */
  freshToken?(): string | undefined;
  /** `undefined`: send no auth header. */
  getToken(signal?: AbortSignal): string | undefined | Promise<string | undefined>;
  /**
   * `rejected` is the token that was sent, '' where none was.
   * `undefined`, or the rejected token itself: none to be had now, so the 401 is handed back.
   */
  refreshToken(rejected: string, signal?: AbortSignal): string | undefined | Promise<string | undefined>;
}
