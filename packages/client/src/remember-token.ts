import type { TokenSource } from '@conductor-ts/retry';

/** What must never be shown, as far as it changes while the client lives. */
export interface Secrets {
  /** The token that calls carried last. */
  token: string | undefined;
}

/** Keeps the last token in `secrets`. Adds no promise: a token that comes as a value is handed on as one. */
export function rememberToken(tokens: TokenSource, secrets: Secrets): TokenSource {
  const keep = (token: string | undefined): string | undefined => {
    if (token !== undefined) secrets.token = token;
    return token;
  };
  const pass = (token: Answer): Answer => (token instanceof Promise ? token.then(keep) : keep(token));
  return {
    freshToken: () => keep(tokens.freshToken?.()),
    getToken: (signal) => pass(tokens.getToken(signal)),
    refreshToken: (rejected, signal) => pass(tokens.refreshToken(rejected, signal)),
  };
}

type Answer = string | undefined | Promise<string | undefined>;
