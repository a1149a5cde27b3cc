/** How a value is read and what it may be. */
export type SettingKind = 'server-url' | 'credential' | 'integer' | 'path' | 'proxy-url' | 'flag' | 'level';

/** Name of a setting in code. */
export type SettingField =
  | 'serverUrl'
  | 'keyId'
  | 'keySecret'
  | 'maxHttp2Connections'
  | 'refreshTokenInterval'
  | 'requestTimeoutMs'
  | 'connectTimeoutMs'
  | 'tlsCertPath'
  | 'tlsKeyPath'
  | 'tlsCaPath'
  | 'proxyUrl'
  | 'tlsInsecure'
  | 'disableHttp2'
  | 'retryServerErrors'
  | 'logLevel';

/** One setting: everything that parsing, defaults, descriptions and the README know of it. */
export interface Setting {
  /** Name in code. */
  readonly field: SettingField;
  /** Name in the environment. */
  readonly variable: `CONDUCTOR_${string}`;
  readonly kind: SettingKind;
  /** `undefined`: not set. */
  readonly default: string | number | boolean | undefined;
  /** What is allowed, in words. */
  readonly range: string;
  readonly unit: 'ms' | 'sessions' | '';
  /** Least value of an integer. */
  readonly min?: number;
}

/** The largest delay a timer takes; beyond it Node fires at once. */
export const MAX_INTEGER = 2_147_483_647;

const URL_RANGE = 'http or https URL';
const MS_RANGE = `0 to ${MAX_INTEGER}`;

/** All settings, in the order in which they are described and complained about. */
export const SETTINGS: readonly Setting[] = [
  {
    field: 'serverUrl',
    variable: 'CONDUCTOR_SERVER_URL',
    kind: 'server-url',
    default: 'http://localhost:8080',
    range: URL_RANGE,
    unit: '',
  },
  {
    field: 'keyId',
    variable: 'CONDUCTOR_AUTH_KEY',
    kind: 'credential',
    default: undefined,
    range: 'text, with keySecret',
    unit: '',
  },
  {
    field: 'keySecret',
    variable: 'CONDUCTOR_AUTH_SECRET',
    kind: 'credential',
    default: undefined,
    range: 'text, with keyId',
    unit: '',
  },
  {
    field: 'maxHttp2Connections',
    variable: 'CONDUCTOR_MAX_HTTP2_CONNECTIONS',
    kind: 'integer',
    default: 10,
    range: `1 to ${MAX_INTEGER}`,
    unit: 'sessions',
    min: 1,
  },
  {
    field: 'refreshTokenInterval',
    variable: 'CONDUCTOR_REFRESH_TOKEN_INTERVAL',
    kind: 'integer',
    default: 3_600_000,
    range: MS_RANGE,
    unit: 'ms',
    min: 0,
  },
  {
    field: 'requestTimeoutMs',
    variable: 'CONDUCTOR_REQUEST_TIMEOUT_MS',
    kind: 'integer',
    default: 60_000,
    range: MS_RANGE,
    unit: 'ms',
    min: 0,
  },
  {
    field: 'connectTimeoutMs',
    variable: 'CONDUCTOR_CONNECT_TIMEOUT_MS',
    kind: 'integer',
    default: 10_000,
    range: MS_RANGE,
    unit: 'ms',
    min: 0,
  },
  {
    field: 'tlsCertPath',
    variable: 'CONDUCTOR_TLS_CERT_PATH',
    kind: 'path',
    default: undefined,
    range: 'PEM file, with tlsKeyPath',
    unit: '',
  },
  {
    field: 'tlsKeyPath',
    variable: 'CONDUCTOR_TLS_KEY_PATH',
    kind: 'path',
    default: undefined,
    range: 'PEM file, with tlsCertPath',
    unit: '',
  },
  {
    field: 'tlsCaPath',
    variable: 'CONDUCTOR_TLS_CA_PATH',
    kind: 'path',
    default: undefined,
    range: 'PEM file',
    unit: '',
  },
  {
    field: 'proxyUrl',
    variable: 'CONDUCTOR_PROXY_URL',
    kind: 'proxy-url',
    default: undefined,
    range: URL_RANGE,
    unit: '',
  },
  {
    field: 'tlsInsecure',
    variable: 'CONDUCTOR_TLS_INSECURE',
    kind: 'flag',
    default: false,
    range: 'true or false',
    unit: '',
  },
  {
    field: 'disableHttp2',
    variable: 'CONDUCTOR_DISABLE_HTTP2',
    kind: 'flag',
    default: false,
    range: 'true or false',
    unit: '',
  },
  {
    field: 'retryServerErrors',
    variable: 'CONDUCTOR_RETRY_SERVER_ERRORS',
    kind: 'flag',
    default: false,
    range: 'true or false',
    unit: '',
  },
  {
    field: 'logLevel',
    variable: 'CONDUCTOR_LOG_LEVEL',
    kind: 'level',
    default: 'info',
    range: 'trace, debug, info, warn, error, silent',
    unit: '',
  },
];

/** Fields of the configuration that have no variable. */
export const CODE_ONLY_FIELDS: readonly string[] = ['logger', 'useEnvVars'];

/** The row of a field. */
export function settingOf(field: SettingField): Setting {
  return SETTINGS.find((setting) => setting.field === field) as Setting; // there is one for each: settings.test.ts
}
