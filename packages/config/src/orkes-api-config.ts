import type { ConductorLogger } from '@conductor-ts/logger';

/**
 * What may be given in code. Each field has an environment variable (see `SETTINGS`), which wins over it; `undefined`,
 * `null` and blank text count as not given; only a blank `serverUrl` is an error, where no variable names the server.
 */
export interface OrkesApiConfig {
  /** Root of the server, with or without `/api` at its end. @default 'http://localhost:8080' */
  readonly serverUrl?: string | undefined;
  /** Access key. Comes as a pair with `keySecret`, both from the environment or both from code. */
  readonly keyId?: string | undefined;
  readonly keySecret?: string | undefined;
  /** Milliseconds between two refreshes of the token in the background; 0 = none. @default 3_600_000 */
  readonly refreshTokenInterval?: number | undefined;
  /** Milliseconds one attempt may take; 0 = no limit. @default 60_000 */
  readonly requestTimeoutMs?: number | undefined;
  /** Milliseconds to connect, name lookup and TLS included; 0 = no limit. @default 10_000 */
  readonly connectTimeoutMs?: number | undefined;
  /** HTTP/2 sessions per origin. @default 10 */
  readonly maxHttp2Connections?: number | undefined;
  /** Client certificate for mTLS: path of a PEM file. Needs `tlsKeyPath`. */
  readonly tlsCertPath?: string | undefined;
  /** Private key of the client certificate: path of a PEM file. */
  readonly tlsKeyPath?: string | undefined;
  /** Certificate authorities trusted beside the system's: path of a PEM file. */
  readonly tlsCaPath?: string | undefined;
  /** Accept any server certificate. For tests only. @default false */
  readonly tlsInsecure?: boolean | undefined;
  /** HTTP or HTTPS proxy, may hold `user:password@`. @default the standard proxy variables */
  readonly proxyUrl?: string | undefined;
  /** Speak HTTP/1.1 only. @default false */
  readonly disableHttp2?: boolean | undefined;
  /** Send safe calls again after a 5xx answer. @default false */
  readonly retryServerErrors?: boolean | undefined;
  /** Level of the default logger: a name, or a number on pino's scale. @default 'info' */
  readonly logLevel?: string | number | undefined;
  /** Used in place of the default logger. */
  readonly logger?: ConductorLogger | undefined;
  /** `false` ignores all CONDUCTOR_ variables, so that one process can talk to two servers. @default true */
  readonly useEnvVars?: boolean | undefined;
}
