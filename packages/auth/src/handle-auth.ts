import { createTokenManager } from './create-token-manager.ts';
import type { TokenManagerOptions } from './token-manager-options.ts';
import type { TokenManager } from './token-manager.ts';

export interface HandleAuthOptions extends TokenManagerOptions {
  /** Ends the wait for the first token. */
  readonly signal?: AbortSignal | undefined;
}

/** A token manager with its first token, refreshing in the background; `undefined` where the server has no token endpoint. */
export async function handleAuth(options: HandleAuthOptions): Promise<TokenManager | undefined> {
  const tokens = createTokenManager(options);
  try {
    return (await tokens.start(options.signal)) === 'oss' ? undefined : tokens;
  } catch (error) {
    // Nobody will hold this manager, so an attempt still under way would be for nothing.
    tokens.stopBackgroundRefresh();
    throw error;
  }
}
