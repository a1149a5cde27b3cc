import type { TokenProvider } from './ask-provider.ts';
import { AuthError } from './auth-error.ts';
import type { AuthLogger } from './report-token-life.ts';
import { sleep } from './sleep.ts';

const MAX_TIMER_MS = 2_147_483_647;

export interface TokenManagerOptions {
  /** Where Conductor answers, without `/api`; for example `https://conductor.example.com`. Not needed with `token`. */
  readonly serverUrl?: string | undefined;
  /** Access key id; together with `keySecret`. */
  readonly keyId?: string | undefined;
  /** Secret of the access key. */
  readonly keySecret?: string | undefined;
  /**
   * In place of a key: a token, or a function that gets one from elsewhere. The function is called once per life of its
   * token (`expiresAt`, else the `exp` of a JWT, else 45 minutes), and once after the server refused the token.
   */
  readonly token?: string | TokenProvider | undefined;
  /** Sends the token request: a plain fetch, without auth header and retries. @default globalThis.fetch */
  readonly fetch?: ((input: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Headers of the token request, for a gateway in front of the server; a function is called for each request. */
  readonly extraHeaders?: HeaderValues | (() => HeaderValues | Promise<HeaderValues>) | undefined;
  /**
   * Milliseconds between two background refreshes; 36 minutes (80 % of a token's life) win where that is sooner. 0: no background
   * refresh, tokens are then refreshed when a call asks for one. @default 3_600_000
   */
  readonly refreshTokenInterval?: number | undefined;
  /** Milliseconds that a caller without a token waits while the endpoint fails or cannot be reached. Range 1 to 2^31-1. @default 15_000 */
  readonly initialTokenTimeoutMs?: number | undefined;
  /** Milliseconds for one token request, body included. Range 1 to 2^31-1. @default 10_000 */
  readonly tokenRequestTimeoutMs?: number | undefined;
  /** Told about changes of state only. No line holds a secret. @default none */
  readonly logger?: AuthLogger | undefined;
  /** Wall clock, in milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** Clock that is never set, in milliseconds. @default `now` where given, else performance.now */
  readonly monotonic?: (() => number) | undefined;
  /** Chance, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Waits between attempts for a first token. Rejects with the signal's reason. @default a timer */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

export type HeaderValues = Readonly<Record<string, string>>;

/** Values of the options that are not given. An explicit `undefined` counts as not given. */
export const TOKEN_MANAGER_DEFAULTS = {
  refreshTokenInterval: 3_600_000,
  initialTokenTimeoutMs: 15_000,
  tokenRequestTimeoutMs: 10_000,
} as const;

/** The options, complete and checked. */
export interface TokenManagerSettings {
  readonly source: TokenSource;
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly extraHeaders: () => HeaderValues | Promise<HeaderValues>;
  readonly refreshTokenInterval: number;
  readonly initialTokenTimeoutMs: number;
  readonly tokenRequestTimeoutMs: number;
  readonly logger: AuthLogger | undefined;
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Where tokens come from. */
export type TokenSource =
  | { readonly kind: 'key'; readonly url: string; readonly keyId: string; readonly keySecret: string }
  | { readonly kind: 'provider'; readonly provider: TokenProvider };

export function resolveOptions(options: TokenManagerOptions): TokenManagerSettings {
  const { extraHeaders = {}, now } = options;
  return {
    source: resolveSource(options),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    extraHeaders: typeof extraHeaders === 'function' ? extraHeaders : () => extraHeaders,
    refreshTokenInterval: milliseconds(options, 'refreshTokenInterval', 0),
    initialTokenTimeoutMs: milliseconds(options, 'initialTokenTimeoutMs', 1),
    tokenRequestTimeoutMs: milliseconds(options, 'tokenRequestTimeoutMs', 1),
    logger: options.logger,
    now: now ?? (() => Date.now()),
    // A test that sets the one clock means both.
    monotonic: options.monotonic ?? now ?? (() => performance.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
  };
}

function resolveSource(options: TokenManagerOptions): TokenSource {
  const { token, keyId, keySecret } = options;
  if (token !== undefined) {
    if (keyId !== undefined || keySecret !== undefined) throw invalid('Give either token, or keyId with keySecret.');
    if (typeof token === 'function') return { kind: 'provider', provider: token };
    // A fixed token is never refreshed by age: only the server knows when it ends.
    return { kind: 'provider', provider: () => ({ token, expiresAt: Infinity }) };
  }
  if (!isFilled(keyId) || !isFilled(keySecret))
    throw invalid('Give keyId and keySecret as non-empty strings, or token.');
  return { kind: 'key', url: tokenUrl(options.serverUrl), keyId, keySecret };
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function tokenUrl(serverUrl: unknown): string {
  const url = typeof serverUrl === 'string' ? URL.parse(serverUrl) : null;
  // User and password in a URL would come back in fetch's own error message.
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid('Give serverUrl as an http or https URL without user and password.');
  }
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '').replace(/\/api$/, '')}/api/token`;
}

function milliseconds(options: TokenManagerOptions, name: keyof typeof TOKEN_MANAGER_DEFAULTS, min: number): number {
  const value = options[name] ?? TOKEN_MANAGER_DEFAULTS[name];
  if (typeof value === 'number' && value >= min && value <= MAX_TIMER_MS) return value;
  throw invalid(`Give ${name} in milliseconds, from ${min} to ${MAX_TIMER_MS}.`);
}

function invalid(hint: string): AuthError {
  return new AuthError('AUTH_OPTIONS_INVALID', { hint });
}
