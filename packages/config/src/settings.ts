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
  readonly min?: number | undefined;
}

/** The largest delay a timer takes; beyond it Node fires at once. */
export const MAX_INTEGER = 2_147_483_647;

const URL_RANGE = 'http or https URL';
const MS_RANGE = `0 to ${MAX_INTEGER}`;

type Row = readonly [
  field: SettingField,
  variable: Setting['variable'],
  kind: SettingKind,
  range: string,
  byDefault?: Setting['default'],
  unit?: Setting['unit'],
  min?: number,
];

const ROWS: readonly Row[] = [
  ['serverUrl', 'CONDUCTOR_SERVER_URL', 'server-url', URL_RANGE, 'http://localhost:8080'],
  ['keyId', 'CONDUCTOR_AUTH_KEY', 'credential', 'text, with keySecret'],
  ['keySecret', 'CONDUCTOR_AUTH_SECRET', 'credential', 'text, with keyId'],
  ['maxHttp2Connections', 'CONDUCTOR_MAX_HTTP2_CONNECTIONS', 'integer', `1 to ${MAX_INTEGER}`, 10, 'sessions', 1],
  ['refreshTokenInterval', 'CONDUCTOR_REFRESH_TOKEN_INTERVAL', 'integer', MS_RANGE, 3_600_000, 'ms', 0],
  ['requestTimeoutMs', 'CONDUCTOR_REQUEST_TIMEOUT_MS', 'integer', MS_RANGE, 60_000, 'ms', 0],
  ['connectTimeoutMs', 'CONDUCTOR_CONNECT_TIMEOUT_MS', 'integer', MS_RANGE, 10_000, 'ms', 0],
  ['tlsCertPath', 'CONDUCTOR_TLS_CERT_PATH', 'path', 'PEM file, with tlsKeyPath'],
  ['tlsKeyPath', 'CONDUCTOR_TLS_KEY_PATH', 'path', 'PEM file, with tlsCertPath'],
  ['tlsCaPath', 'CONDUCTOR_TLS_CA_PATH', 'path', 'PEM file'],
  ['proxyUrl', 'CONDUCTOR_PROXY_URL', 'proxy-url', URL_RANGE],
  ['tlsInsecure', 'CONDUCTOR_TLS_INSECURE', 'flag', 'true or false', false],
  ['disableHttp2', 'CONDUCTOR_DISABLE_HTTP2', 'flag', 'true or false', false],
  ['retryServerErrors', 'CONDUCTOR_RETRY_SERVER_ERRORS', 'flag', 'true or false', false],
  ['logLevel', 'CONDUCTOR_LOG_LEVEL', 'level', 'trace, debug, info, warn, error, silent', 'info'],
];

/** All settings, in the order in which they are described and complained about. */
export const SETTINGS: readonly Setting[] = /* @__PURE__ */ ROWS.map(
  ([field, variable, kind, range, byDefault, unit = '', min]) => ({
    field,
    variable,
    kind,
    default: byDefault,
    range,
    unit,
    min,
  }),
);

/** Fields of the configuration that have no variable. */
export const CODE_ONLY_FIELDS: readonly string[] = ['logger', 'useEnvVars'];

/** The row of a field. */
export function settingOf(field: SettingField): Setting {
  return SETTINGS.find((setting) => setting.field === field) as Setting; // there is one for each: settings.test.ts
}
