import type { TokenSource } from '@conductor-ts/retry';

/** A call may be longer on its way than its token lives, and its answer says back the token that it was sent with. */
const REMEMBERED_TOKENS = 4;

/** What must never be shown, as far as it changes while the client lives. */
export interface Secrets {
  /** The tokens that calls carried last, the newest first. */
  tokens: readonly string[];
}

/** Keeps the last tokens in `secrets`. Adds no promise: a token that comes as a value is handed on as one. */
export function rememberToken(tokens: TokenSource, secrets: Secrets): TokenSource {
  const keep = (token: string | undefined): string | undefined => {
    if (typeof token === 'string' && token !== secrets.tokens[0]) {
      secrets.tokens = [token, ...secrets.tokens].slice(0, REMEMBERED_TOKENS);
    }
    return token;
  };
  // By its type: a promise may be of another realm, or only be like one.
  const pass = (token: Answer): Answer => (typeof token === 'object' ? Promise.resolve(token).then(keep) : keep(token));
  return {
    freshToken: () => keep(tokens.freshToken?.()),
    getToken: (signal) => pass(tokens.getToken(signal)),
    refreshToken: (rejected, signal) => pass(tokens.refreshToken(rejected, signal)),
  };
}

type Answer = string | undefined | Promise<string | undefined>;
