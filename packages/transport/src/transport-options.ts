import { TransportError } from './transport-error.ts';

/** Any logger whose methods take a message and a plain object. */
export interface TransportLogger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

type Pem = string | Uint8Array | readonly (string | Uint8Array)[];

/** PEM contents, not paths. */
export interface TlsOptions {
  /** Client certificate chain, for mTLS. Needs `key`. */
  readonly cert?: Pem | undefined;
  readonly key?: string | Uint8Array | undefined;
  /** Of an encrypted `key`. */
  readonly passphrase?: string | undefined;
  /** Authorities that may sign the server's (and an HTTPS proxy's) certificate. */
  readonly ca?: Pem | undefined;
  /** `add`: beside those that Node trusts. `replace`: in their place. @default 'add' */
  readonly caMode?: 'add' | 'replace' | undefined;
  /** Accept any certificate. For a test on your own machine only. @default false */
  readonly insecure?: boolean | undefined;
  /** Name to ask for (SNI) and to check the certificate against, where it is not the host of the URL. */
  readonly servername?: string | undefined;
}

/** The names that an application gives to these options, for warnings and hints. */
export interface SettingNames {
  /** Of `tls.insecure`, `tls.ca`, `tls.cert` and `tls.key`. */
  readonly insecure?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly http2?: string | undefined;
  readonly maxHttp2Sessions?: string | undefined;
  readonly maxHttp1Sockets?: string | undefined;
  readonly proxy?: string | undefined;
  readonly connectTimeoutMs?: string | undefined;
}

/** An undici dispatcher, seen from outside. */
export interface DispatcherLike {
  dispatch(options: object, handler: object): boolean;
}

export interface TransportPolicy {
  /** `auto`: the server chooses during the TLS handshake (ALPN). `off`: HTTP/1.1. `prior-knowledge`: HTTP/2, over http: too. @default 'auto' */
  readonly http2: 'auto' | 'off' | 'prior-knowledge';
  /** HTTP/2 sessions to one origin. @default 10 */
  readonly maxHttp2Sessions: number;
  /** HTTP/1.1 sockets to one origin. @default 100 */
  readonly maxHttp1Sockets: number;
  /** Calls at the same time on one session, if the server does not ask for fewer. @default 100 */
  readonly maxStreamsPerSession: number;
  /** From the name lookup to the end of the TLS handshake, proxy included; milliseconds, 0 = none. @default 10_000 */
  readonly connectTimeoutMs: number;
  /** From the sending of a request to the head of its answer; milliseconds, 0 = none (a deadline of the caller rules). @default 0 */
  readonly headersTimeoutMs: number;
  /** Longest time in which no part of a body moves, because the server sends none or nobody reads; milliseconds, 0 = none. @default 60_000 */
  readonly bodyIdleTimeoutMs: number;
  /** An idle connection is closed after this time; milliseconds, at least 1. @default 4_000 */
  readonly keepAliveTimeoutMs: number;
  /** An older connection takes no new calls, so that changes of DNS and load balancing are noticed; milliseconds, 0 = none. @default 300_000 */
  readonly maxConnectionAgeMs: number;
  /** An HTTP/2 connection with calls on it that was silent for this long is probed; milliseconds, 0 = never. @default 15_000 */
  readonly pingIntervalMs: number;
  /** A probed connection that stays silent for this long is dead; milliseconds. @default 10_000 */
  readonly pingTimeoutMs: number;
  /** Largest body of an answer, before and after decompression; bytes, 0 = none. @default 67_108_864 */
  readonly maxResponseBytes: number;
  /** Redirects followed for one call, all within one host. @default 5 */
  readonly maxRedirects: number;
}

/** An explicit `undefined` means the default. */
export type TransportOptions = { readonly [K in keyof TransportPolicy]?: TransportPolicy[K] | undefined } & {
  readonly tls?: TlsOptions | undefined;
  /** URL, with user:password where needed. `false`: never. Absent: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY rule. */
  readonly proxy?: string | false | undefined;
  /** Names of headers that go to no other host, beside authorization, cookie and proxy-authorization. */
  readonly sensitiveHeaders?: readonly string[] | undefined;
  /** An undici dispatcher (version 7 or 8) in place of the connections of this package: limits, TLS and proxy are then its own. */
  readonly dispatcher?: DispatcherLike | undefined;
  readonly settingNames?: SettingNames | undefined;
  readonly logger?: TransportLogger | undefined;
};

export const TRANSPORT_DEFAULTS: TransportPolicy = {
  http2: 'auto',
  maxHttp2Sessions: 10,
  maxHttp1Sockets: 100,
  maxStreamsPerSession: 100,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 0,
  bodyIdleTimeoutMs: 60_000,
  keepAliveTimeoutMs: 4_000,
  maxConnectionAgeMs: 300_000,
  pingIntervalMs: 15_000,
  pingTimeoutMs: 10_000,
  maxResponseBytes: 64 * 1024 * 1024,
  maxRedirects: 5,
};

/** Timers of Node overflow above this and then fire at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;

const LEAST: { readonly [K in keyof TransportPolicy]?: number } = {
  maxHttp2Sessions: 1,
  maxHttp1Sockets: 1,
  maxStreamsPerSession: 1,
  keepAliveTimeoutMs: 1,
  pingTimeoutMs: 1,
};

/** Options with every default filled in. @throws TransportError INVALID_OPTION, which names the option. */
export function resolvePolicy(options: TransportOptions): TransportPolicy {
  const policy: Record<string, unknown> = {};
  for (const name of Object.keys(TRANSPORT_DEFAULTS) as (keyof TransportPolicy)[]) {
    const value = options[name] ?? TRANSPORT_DEFAULTS[name];
    if (name === 'http2') {
      if (value !== 'auto' && value !== 'off' && value !== 'prior-knowledge')
        throw wrong(name, "'auto', 'off' or 'prior-knowledge'");
    } else {
      const least = LEAST[name] ?? 0;
      const most = name === 'maxResponseBytes' ? Number.MAX_SAFE_INTEGER : MAX_TIMER_MS;
      if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) {
        throw wrong(name, `a whole number from ${least} to ${most}`);
      }
    }
    policy[name] = value;
  }
  return policy as unknown as TransportPolicy;
}

export function wrong(option: string, right: string): TransportError {
  return new TransportError('INVALID_OPTION', { option, hint: `Set \`${option}\` to ${right}.` });
}
