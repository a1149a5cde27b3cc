import type { TokenSource } from '@conductor-ts/retry';

/** A token source that remembers what it gave last, so that this can be taken out of what the server echoes. */
export interface RememberingTokenSource extends TokenSource {
  readonly last: () => string | undefined;
}

/** Adds no promise: a token that comes as a value is handed on as one. */
export function rememberToken(tokens: TokenSource): RememberingTokenSource {
  let last: string | undefined;
  const keep = (token: string | undefined): string | undefined => {
    last = token ?? last;
    return token;
  };
  const pass = (token: string | undefined | Promise<string | undefined>): string | undefined | Promise<string | undefined> =>
    token instanceof Promise ? token.then(keep) : keep(token);
  return {
    getToken: (signal) => pass(tokens.getToken(signal)),
    refreshToken: (rejected, signal) => pass(tokens.refreshToken(rejected, signal)),
    last: () => last,
  };
}
