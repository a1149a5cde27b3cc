import type { ConductorLogger } from '@conductor-ts/logger';
import type { LogLevelName } from './parse-level.ts';
import type { SettingField } from './settings.ts';

/** The values of all settings, each checked. */
export interface SettingValues {
  /** Root of the server: no slash and no `/api` at the end. */
  readonly serverUrl: string;
  readonly keyId: string | undefined;
  readonly keySecret: string | undefined;
  readonly refreshTokenInterval: number;
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly maxHttp2Connections: number;
  readonly tlsCertPath: string | undefined;
  readonly tlsKeyPath: string | undefined;
  readonly tlsCaPath: string | undefined;
  readonly tlsInsecure: boolean;
  readonly proxyUrl: string | undefined;
  readonly disableHttp2: boolean;
  readonly retryServerErrors: boolean;
  readonly logLevel: LogLevelName;
}

/** Where a value came from. */
export interface SettingSource {
  readonly from: 'env' | 'code' | 'default';
  /** The variable, where it was one. */
  readonly variable?: string;
}

/** One line of the description. */
export interface DescribedSetting {
  readonly setting: SettingField;
  /** As text; a secret is only said to be set. */
  readonly value: string;
  readonly unit: string;
  /** `default`, `code`, or the name of the variable. */
  readonly source: string;
}

export interface TlsSection {
  /** PEM text, as the files held it. */
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** Options of the transport. */
export interface TransportSection {
  readonly http2: 'auto' | 'off';
  readonly maxHttp2Sessions: number;
  readonly connectTimeoutMs: number;
  /** Absent when no TLS setting was made. */
  readonly tls?: TlsSection;
  /** Absent: the standard proxy variables apply. */
  readonly proxy?: string;
  readonly sensitiveHeaders: readonly string[];
  /** What the transport calls these settings when it speaks to the user. */
  readonly settingNames: {
    readonly insecure: string;
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
    readonly http2: string;
    readonly maxHttp2Sessions: string;
    readonly proxy: string;
    readonly connectTimeoutMs: string;
  };
  readonly logger?: ConductorLogger;
}

export interface RetrySection {
  readonly requestTimeoutMs: number;
  readonly retryServerErrors: boolean;
}

export interface AuthSection {
  readonly keyId: string;
  readonly keySecret: string;
  readonly refreshTokenInterval: number;
}

/**
 * The configuration after environment, code and defaults were merged and checked. Frozen. Key, secret, proxy password
 * and private key can be read as properties, but are not shown by `JSON.stringify`, `util.inspect` or any method of the
 * console, and a spread of the whole leaves `keyId`, `keySecret`, `proxyUrl`, `secrets`, `transport` and `auth` out.
 */
export interface ResolvedOrkesConfig extends SettingValues {
  /** As given in code. */
  readonly logger: ConductorLogger | undefined;
  readonly useEnvVars: boolean;
  readonly sources: Readonly<Record<SettingField, SettingSource>>;
  /** What is allowed but probably not meant. Already logged at warn where a logger was given. */
  readonly warnings: readonly string[];
  /** Every secret of the configuration, for the `redact` option of a logger. Not shown, like each of them. */
  readonly secrets: readonly string[];
  readonly transport: TransportSection;
  readonly retry: RetrySection;
  /** Absent without key and secret: calls then carry no token. */
  readonly auth: AuthSection | undefined;
  /** All settings with their sources and without secrets, for `console.table` or a support ticket. */
  describe(): readonly DescribedSetting[];
}
