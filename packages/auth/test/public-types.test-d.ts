import { createTokenManager, type TokenManager, type TokenManagerOptions } from '../src/index.ts';

/** What the layer that sends calls wants of a token source; a manager must fit without a cast. */
interface TokenSource {
  getToken(signal?: AbortSignal): string | undefined | Promise<string | undefined>;
  refreshToken(rejected: string, signal?: AbortSignal): string | undefined | Promise<string | undefined>;
}

declare const options: TokenManagerOptions;
export const source: TokenSource = createTokenManager(options);
export const mode: 'unknown' | 'oss' | 'orkes' = createTokenManager(options).mode;

// The global fetch, or one that takes more, goes in as it is.
export const withFetch: TokenManager = createTokenManager({ ...options, fetch: globalThis.fetch });
export const withProvider: TokenManager = createTokenManager({ token: async ({ signal }) => String(signal.aborted) });

// @ts-expect-error A misspelt option is an error.
createTokenManager({ keyid: 'x' });
