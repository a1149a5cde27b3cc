// Get tokens.
export { createTokenManager } from './create-token-manager.ts';
export { handleAuth, type HandleAuthOptions } from './handle-auth.ts';
export type { TokenManager, TokenStats } from './token-manager.ts';
export type { ServerMode } from './token-events.ts';

// Say how.
export { TOKEN_MANAGER_DEFAULTS, type HeaderValues, type TokenManagerOptions } from './token-manager-options.ts';
export type { ProvidedToken, TokenProvider } from './ask-provider.ts';
export type { AuthLogger } from './report-token-life.ts';
export { MAX_AUTH_BACKOFF_MS, MAX_AUTH_FAILURES, TOKEN_TTL_MS } from './token-limits.ts';

// Keep secrets out of errors of others.
export { createScrubber, type Scrubber } from './scrub-secrets.ts';

// Tell what went wrong.
export { AuthError, type AuthErrorCode, type AuthErrorDetails } from './auth-error.ts';
