/** What can go wrong on the way to a token. The same code always has the same message and hint. */
export type AuthErrorCode =
  | 'AUTH_CREDENTIALS_REJECTED'
  | 'AUTH_ENDPOINT_UNREACHABLE'
  | 'AUTH_ENDPOINT_TIMEOUT'
  | 'AUTH_ENDPOINT_FAILED'
  | 'AUTH_ENDPOINT_MISSING'
  | 'AUTH_REDIRECTED'
  | 'AUTH_ANSWER_INVALID'
  | 'AUTH_TOKEN_INVALID'
  | 'AUTH_PROVIDER_FAILED'
  | 'AUTH_STOPPED'
  | 'AUTH_OPTIONS_INVALID';

/** Message and hint. */
const TEXTS: Readonly<Record<AuthErrorCode, readonly [message: string, hint: string]>> = {
  AUTH_CREDENTIALS_REJECTED: [
    'The token endpoint refused the key id and its secret',
    'Check that key id and secret (CONDUCTOR_AUTH_KEY, CONDUCTOR_AUTH_SECRET) were made on this server.',
  ],
  AUTH_ENDPOINT_UNREACHABLE: [
    'The token endpoint cannot be reached',
    'Check server URL, network, proxy and TLS settings; see `cause`.',
  ],
  AUTH_ENDPOINT_TIMEOUT: [
    'The token endpoint did not answer in time',
    'Check server and network, or raise tokenRequestTimeoutMs and initialTokenTimeoutMs.',
  ],
  AUTH_ENDPOINT_FAILED: [
    'The token endpoint answered with an error',
    'See `status`, `serverMessage` and the log of the server.',
  ],
  AUTH_ENDPOINT_MISSING: [
    'The server has no token endpoint any more',
    'It answers 404 now: check the server URL and what stands before the server.',
  ],
  AUTH_REDIRECTED: [
    'The token endpoint redirects, which is never followed with a secret',
    'Give the final server URL: https, or a host without a login page before it.',
  ],
  AUTH_ANSWER_INVALID: [
    'The token endpoint answered without a token',
    'The server URL does not look like a Conductor server: check host, port and path (without /api).',
  ],
  AUTH_TOKEN_INVALID: [
    'The token is not a string of 1 to 65536 visible ASCII characters',
    'Check the server URL, or what the token function returns (expiresAt: a Date, or milliseconds since 1970).',
  ],
  AUTH_PROVIDER_FAILED: ['The function token or extraHeaders failed', 'See `cause`: the function threw it.'],
  AUTH_STOPPED: [
    'stopBackgroundRefresh() was called before the first token arrived',
    'Call start() again when a token is wanted.',
  ],
  AUTH_OPTIONS_INVALID: [
    'The options of the token manager are not valid',
    'Give serverUrl with keyId and keySecret, or token.',
  ],
};

const BRAND = Symbol.for('@conductor-ts/error');

export interface AuthErrorDetails {
  /** HTTP status of the token endpoint's answer. */
  readonly status?: number | undefined;
  /** Error code in the answer's body. */
  readonly serverCode?: string | undefined;
  /** Message in the answer's body, shortened, without secrets. */
  readonly serverMessage?: string | undefined;
  /** Failed attempts in a row up to this error. */
  readonly failures?: number | undefined;
  /** What to do next, where that is more precise than the code's own hint. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** No token can be had. Never holds the key id, the secret or a token. */
export class AuthError extends Error {
  readonly code: AuthErrorCode;
  /** What to do next. */
  readonly hint: string;
  declare readonly status?: number;
  declare readonly serverCode?: string;
  declare readonly serverMessage?: string;
  declare readonly failures?: number;

  /** True for errors of any installed copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass made by a user asks for its own kind.
    if (this !== AuthError) return Function.prototype[Symbol.hasInstance].call(this, value);
    if (typeof value !== 'object' || value === null) return false;
    const brand: unknown = (value as Record<symbol, unknown>)[BRAND];
    return Array.isArray(brand) && brand.includes('AuthError');
  }

  constructor(code: AuthErrorCode, details: AuthErrorDetails = {}) {
    const [message, hint] = TEXTS[code];
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint ?? hint;
    // Absent rather than undefined, so that an inspected error shows only what is known.
    for (const field of ['status', 'serverCode', 'serverMessage', 'failures'] as const) {
      if (details[field] !== undefined) Object.assign(this, { [field]: details[field] });
    }
    Object.defineProperties(this, {
      name: { value: 'AuthError', configurable: true, writable: true },
      [BRAND]: { value: ['AuthError'] },
    });
  }

  toJSON(): Record<string, unknown> {
    return { ...(this as object), name: this.name, message: this.message };
  }
}
