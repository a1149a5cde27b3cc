import { setImmediate } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { noopLogger, type ConductorLogger } from '@conductor-ts/logger';
import { expect, test, vi } from 'vitest';
import { ConfigError, resolveOrkesConfig, SETTINGS, type OrkesApiConfig, type SettingField } from '../src/index.ts';

const single = SETTINGS.filter(({ kind }) => kind !== 'credential' && kind !== 'path');

test('with nothing given all defaults hold', () => {
  const config = resolveOrkesConfig(undefined, { env: {} });
  for (const setting of SETTINGS) {
    expect(config[setting.field], setting.field).toBe(setting.default);
    expect(config.sources[setting.field]).toEqual({ from: 'default' });
  }
  expect([config.auth, config.logger, config.warnings, config.useEnvVars]).toEqual([undefined, undefined, [], true]);
});

test.each(single)('$variable wins over $field, and $field over the default', ({ field, variable }) => {
  const [first, second] = samples[field] ?? [];
  const env = { [variable]: String(first) };
  const code = { [field]: second };
  expect(resolveOrkesConfig(code, { env })[field]).toBe(first);
  expect(resolveOrkesConfig(code, { env }).sources[field]).toEqual({ from: 'env', variable });
  expect(resolveOrkesConfig(code, { env: {} })[field]).toBe(second);
  expect(resolveOrkesConfig(code, { env: {} }).sources[field]).toEqual({ from: 'code' });
});

test.each(SETTINGS)('a blank $variable counts as unset', ({ field, variable, default: value }) => {
  for (const blank of ['', '  ', '\n'])
    expect(resolveOrkesConfig({}, { env: { [variable]: blank } })[field]).toBe(value);
});

test.each([undefined, null, '', ' '])('a field that is %o in code counts as not given', (blank) => {
  const fields = SETTINGS.map(({ field }) => field).filter(
    (field) => blank === undefined || blank === null || field !== 'serverUrl',
  );
  const config = Object.fromEntries(fields.map((field) => [field, blank]));
  expect(resolveOrkesConfig(config, { env: {} }).sources).toEqual(resolveOrkesConfig({}, { env: {} }).sources);
});

test.each(['', ' '])(
  'a server URL that is %o in code is a slip, and no wish for the server of this machine',
  (serverUrl) => {
    const empty = 'serverUrl: the URL is empty. Give the URL of the server, or undefined for http://localhost:8080.';
    expect(() => resolveOrkesConfig({ serverUrl }, { env: {} })).toThrow(empty);
    expect(() =>
      resolveOrkesConfig({ serverUrl, useEnvVars: false }, { env: { CONDUCTOR_SERVER_URL: 'http://a' } }),
    ).toThrow(empty);
  },
);

test('where the environment names the server, an empty URL in code says nothing against it', () => {
  const { warnings, logger } = warned();
  const config = resolveOrkesConfig({ serverUrl: '', logger }, { env: { CONDUCTOR_SERVER_URL: 'http://a' } });
  expect([config.serverUrl, warnings]).toEqual(['http://a', []]);
});

test('useEnvVars: false ignores every variable', () => {
  const env = Object.fromEntries(SETTINGS.map(({ variable }) => [variable, 'nonsense\u0000']));
  const config = resolveOrkesConfig({ serverUrl: 'http://a', useEnvVars: false }, { env });
  expect(config.serverUrl).toBe('http://a');
  expect(Object.values(config.sources).some(({ from }) => from === 'env')).toBe(false);
});

test('the environment of the process is used unless another one is given', () => {
  for (const { variable } of SETTINGS) vi.stubEnv(variable, '');
  vi.stubEnv('CONDUCTOR_CONNECT_TIMEOUT_MS', '77');
  expect(resolveOrkesConfig().connectTimeoutMs).toBe(77);
  expect(resolveOrkesConfig({}, { env: {} }).connectTimeoutMs).toBe(10_000);
  vi.unstubAllEnvs();
});

test('a variable that overrides a different value in code is warned of once, by name and with the way out', () => {
  const { warnings, logger } = warned();
  const config = resolveOrkesConfig({ requestTimeoutMs: 1, logger }, { env: { CONDUCTOR_REQUEST_TIMEOUT_MS: '2' } });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/CONDUCTOR_REQUEST_TIMEOUT_MS.*requestTimeoutMs.*useEnvVars: false/);
  expect(config.warnings).toEqual(warnings);
});

test.each([
  [{ requestTimeoutMs: 2 }, { CONDUCTOR_REQUEST_TIMEOUT_MS: '2' }],
  [{ serverUrl: 'http://a' }, { CONDUCTOR_SERVER_URL: 'http://a/api/' }],
  [{ disableHttp2: true }, { CONDUCTOR_DISABLE_HTTP2: 'YES' }],
])('a variable that says the same as the code is no override: %o', (code, env) => {
  expect(resolveOrkesConfig(code, { env }).warnings).toEqual([]);
});

test('a faulty value in code is only overridden when the environment has a good one', () => {
  const config = resolveOrkesConfig({ requestTimeoutMs: -1 }, { env: { CONDUCTOR_REQUEST_TIMEOUT_MS: '2' } });
  expect(config.requestTimeoutMs).toBe(2);
  expect(config.warnings).toHaveLength(1);
});

test('a server URL that is defaulted while keys are set is warned of', () => {
  const env = { CONDUCTOR_AUTH_KEY: 'k', CONDUCTOR_AUTH_SECRET: 's' };
  expect(resolveOrkesConfig({}, { env }).warnings).toEqual([
    expect.stringMatching(/no server URL.*CONDUCTOR_SERVER_URL/),
  ]);
  expect(resolveOrkesConfig({ serverUrl: 'http://a' }, { env }).warnings).toEqual([]);
});

test('TLS settings for a server without TLS are warned of, unless the proxy has it', () => {
  const code = { serverUrl: 'http://a', tlsInsecure: true };
  expect(resolveOrkesConfig(code, { env: {} }).warnings).toEqual([
    expect.stringContaining('tlsInsecure has no effect'),
  ]);
  expect(resolveOrkesConfig({ ...code, proxyUrl: 'https://proxy' }, { env: {} }).warnings).toEqual([]);
});

test.each([
  ['serverURL', 'serverUrl'],
  ['keyID', 'keyId'],
  ['requestTimoutMs', 'requestTimeoutMs'],
  ['tls_ca_path', 'tlsCaPath'],
  ['useEnvVar', 'useEnvVars'],
])('the unknown option %s is warned of with the nearest name', (name, nearest) => {
  const { warnings } = resolveOrkesConfig({ [name]: 'marker' }, { env: {} });
  expect(warnings).toEqual([`Unknown option ${name} is ignored. Was ${nearest} meant?`]);
});

test('an unknown option that is near to nothing is warned of with all names', () => {
  const { warnings } = resolveOrkesConfig({ banana: 1 } as OrkesApiConfig, { env: {} });
  expect(warnings).toEqual([expect.stringMatching(/banana.*serverUrl.*logger/)]);
});

test('a misspelt variable is warned of, a strange one is not', () => {
  const env = { CONDUCTOR_AUTH_SECRT: 'x', conductor_server_url: 'x', CONDUCTOR_HOME: 'x', OTHER: 'x' };
  expect(resolveOrkesConfig({}, { env }).warnings).toEqual([
    expect.stringContaining('CONDUCTOR_AUTH_SECRET meant'),
    expect.stringContaining('CONDUCTOR_SERVER_URL meant'),
  ]);
});

test('all faults are told at once, each by the name under which it was set', () => {
  const faulty = SETTINGS.filter(({ kind }) => kind !== 'credential');
  const env = Object.fromEntries(faulty.map(({ variable }) => [variable, '-\u0000-']));
  expect(problemsOf({}, env)).toEqual(faulty.map(({ variable }) => variable).sort());
  const code = Object.fromEntries(faulty.map(({ field }) => [field, {}])) as OrkesApiConfig;
  expect(problemsOf(code, {})).toEqual(faulty.map(({ field }) => field).sort());
});

test.each([
  [1, 'config'],
  [[], 'config'],
  [null, 'config'],
  [{ logger: {} }, 'logger'],
  [{ logger: { ...noopLogger, warn: 1 } }, 'logger'],
  [{ useEnvVars: 'maybe' }, 'useEnvVars'],
])('%o in place of the options is a fault of %s', (config, setting) => {
  expect(problemsOf(config as OrkesApiConfig, {})).toEqual([setting]);
});

test('a logger that throws, at once or later, does not keep the configuration from being resolved', async () => {
  for (const warn of [() => raise(), async () => raise(), () => runInNewContext('Promise.reject(1)') as never]) {
    const logger = { ...noopLogger, warn };
    expect(resolveOrkesConfig({ logger, odd: 1 } as OrkesApiConfig, { env: {} }).warnings).toHaveLength(1);
  }
  // A rejection that nobody handles would fail the run.
  await setImmediate();
});

test('warnings are logged before faults are thrown, as one may explain the other', () => {
  const { warnings, logger } = warned();
  expect(problemsOf({ logger, serverUrl: 'http://a' }, { CONDUCTOR_SERVER_URL: 'a' })).toEqual([
    'CONDUCTOR_SERVER_URL',
  ]);
  expect(warnings).toHaveLength(1);
});

test('what stands on the prototype is no setting', () => {
  const config = Object.create({ serverUrl: 'http://polluted' }) as OrkesApiConfig;
  expect(resolveOrkesConfig(config, { env: {} }).serverUrl).toBe('http://localhost:8080');
});

test('the result and its sections cannot be changed', () => {
  const config = resolveOrkesConfig(
    { tlsInsecure: true, serverUrl: 'https://a', keyId: 'k', keySecret: 's' },
    { env: {} },
  );
  const { sources, transport } = config;
  for (const part of [
    config,
    sources,
    sources.keyId,
    config.warnings,
    transport,
    transport.tls,
    transport.sensitiveHeaders,
    transport.settingNames,
    config.retry,
    config.auth,
  ]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test('the sections are ready for the other packages', () => {
  const logger = { ...noopLogger };
  const config = resolveOrkesConfig(
    {
      serverUrl: 'https://a',
      keyId: 'k',
      keySecret: 's',
      proxyUrl: 'http://p:1',
      disableHttp2: true,
      tlsInsecure: true,
      retryServerErrors: true,
      logger,
    },
    { env: {} },
  );
  expect(config.transport).toEqual({
    http2: 'off',
    maxHttp2Sessions: 10,
    connectTimeoutMs: 10_000,
    tls: { insecure: true },
    proxy: 'http://p:1',
    sensitiveHeaders: ['x-authorization'],
    settingNames: expect.objectContaining({ insecure: 'tlsInsecure (CONDUCTOR_TLS_INSECURE)' }) as unknown,
    logger,
  });
  expect(config.retry).toEqual({ requestTimeoutMs: 60_000, retryServerErrors: true });
  expect(config.auth).toEqual({ keyId: 'k', keySecret: 's', refreshTokenInterval: 3_600_000 });
});

test('sections leave out what was not set, so that the transport’s own defaults hold', () => {
  expect(Object.keys(resolveOrkesConfig({}, { env: {} }).transport).sort()).toEqual([
    'connectTimeoutMs',
    'http2',
    'maxHttp2Sessions',
    'sensitiveHeaders',
    'settingNames',
  ]);
});

test('describe tells every setting with its value, unit and source', () => {
  const rows = resolveOrkesConfig({ requestTimeoutMs: 5 }, { env: { CONDUCTOR_LOG_LEVEL: 'WARN' } }).describe();
  expect(rows.map(({ setting }) => setting)).toEqual(SETTINGS.map(({ field }) => field));
  expect(rows).toContainEqual({ setting: 'requestTimeoutMs', value: '5', unit: 'ms', source: 'code' });
  expect(rows).toContainEqual({ setting: 'logLevel', value: 'warn', unit: '', source: 'CONDUCTOR_LOG_LEVEL' });
  expect(rows).toContainEqual({ setting: 'keyId', value: '[not set]', unit: '', source: 'default' });
});

test('two configurations in one process have nothing in common', () => {
  const env = {
    CONDUCTOR_SERVER_URL: 'http://env',
    CONDUCTOR_AUTH_KEY: 'env-key',
    CONDUCTOR_AUTH_SECRET: 'env-secret',
  };
  const one = resolveOrkesConfig({}, { env });
  const two = resolveOrkesConfig({ serverUrl: 'http://two', keyId: 'k2', keySecret: 's2', useEnvVars: false }, { env });
  expect([one.serverUrl, one.keyId, two.serverUrl, two.keyId, two.keySecret]).toEqual([
    'http://env',
    'env-key',
    'http://two',
    'k2',
    's2',
  ]);
});

/** Two different good values for each setting. */
const samples: Partial<Record<SettingField, readonly [unknown, unknown]>> = {
  serverUrl: ['http://env.example.com', 'http://code.example.com'],
  maxHttp2Connections: [3, 4],
  refreshTokenInterval: [0, 5],
  requestTimeoutMs: [0, 6],
  connectTimeoutMs: [7, 2_147_483_647],
  proxyUrl: ['http://env:1', 'https://code:2'],
  tlsInsecure: [true, false],
  disableHttp2: [true, false],
  retryServerErrors: [false, true],
  logLevel: ['error', 'debug'],
};

function problemsOf(config: OrkesApiConfig, env: Record<string, string>): string[] {
  try {
    resolveOrkesConfig(config, { env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ setting }) => setting).sort();
    throw error;
  }
  return [];
}

function warned(): { warnings: string[]; logger: ConductorLogger } {
  const warnings: string[] = [];
  return { warnings, logger: { ...noopLogger, warn: (message) => warnings.push(message) } };
}

function raise(): never {
  throw new Error('broken');
}
