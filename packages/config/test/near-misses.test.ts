import { inspect } from 'node:util';
import { noopLogger } from '@conductor-ts/logger';
import { expect, test } from 'vitest';
import { ConfigError, resolveOrkesConfig } from '../src/index.ts';
import { buildTransportSection } from '../src/build-sections.ts';

function problemsOf(code: object, env: Record<string, string> = {}): readonly string[] {
  try {
    resolveOrkesConfig(code, { env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ setting }) => setting);
    throw error;
  }
  return [];
}

test.each(['xtrue', 'truex', 'xno', 'nope', 'yes no', '10'])('%j is no flag', (value) => {
  expect(problemsOf({}, { CONDUCTOR_DISABLE_HTTP2: value })).toEqual(['CONDUCTOR_DISABLE_HTTP2']);
});

test.each(['x3', '3x', '-3'])('%j is no level', (value) => {
  expect(problemsOf({}, { CONDUCTOR_LOG_LEVEL: value })).toEqual(['CONDUCTOR_LOG_LEVEL']);
});

test('a quote at the beginning only is a fault of the URL, and not told as quotes', () => {
  expect(failureOf({ serverUrl: '"http://a' }).problems[0]?.trouble).not.toContain('quotes');
});

test.each(['"a"b', 'a"b"'])('a value with quotes at one end only is taken as it is: %s', (value) => {
  const { warnings } = resolveOrkesConfig({ serverUrl: 'http://a', keyId: value, keySecret: 's' }, { env: {} });
  expect(warnings).toEqual([]);
});

test('a variable that only holds the name of the family is not ours', () => {
  const { warnings } = resolveOrkesConfig({ serverUrl: 'http://a' }, { env: { MY_CONDUCTOR_SERVER_URL: 'http://b' } });
  expect(warnings).toEqual([]);
});

test('a value in the environment that cannot be read overrides nothing, and one in code that cannot be read is overridden', () => {
  const env = { CONDUCTOR_REQUEST_TIMEOUT_MS: '5' };
  const throwing = Object.defineProperty({ serverUrl: 'http://a' }, 'requestTimeoutMs', {
    enumerable: true,
    get: () => {
      throw new Error('not now');
    },
  });
  const config = resolveOrkesConfig(throwing, { env });
  expect(config.requestTimeoutMs).toBe(5);
  expect(config.warnings).toEqual([
    expect.stringMatching(/CONDUCTOR_REQUEST_TIMEOUT_MS overrides .* requestTimeoutMs/),
  ]);
});

test('what is shown of a section is what it holds, with a mask over what is secret', () => {
  const config = resolveOrkesConfig(
    {
      serverUrl: 'https://a',
      keyId: 'marker-key',
      keySecret: 'marker-secret',
      proxyUrl: 'http://user:pass@proxy:3128',
      disableHttp2: true,
      tlsInsecure: true,
      logger: noopLogger,
    },
    { env: {} },
  );
  const pem = { cert: 'marker-cert', key: 'marker-pem', ca: undefined };
  const transport = buildTransportSection(config, pem, noopLogger);
  expect(JSON.parse(JSON.stringify(transport))).toMatchObject({
    http2: 'off',
    proxy: 'http://[set]@proxy:3128',
    logger: '[set]',
    tls: { cert: '[set]', key: '[set]', insecure: true },
    connectTimeoutMs: config.connectTimeoutMs,
  });
  expect(inspect(transport)).toContain("http2: 'off'");
  expect(JSON.parse(JSON.stringify(config.auth))).toEqual({
    keyId: '[set]',
    keySecret: '[set]',
    refreshTokenInterval: config.refreshTokenInterval,
  });
  const plain = buildTransportSection(resolveOrkesConfig({ serverUrl: 'https://a' }, { env: {} }), NO_PEM, undefined);
  expect(Object.keys(JSON.parse(JSON.stringify(plain)) as object)).not.toContain('logger');
});

const NO_PEM = { cert: undefined, key: undefined, ca: undefined };

function failureOf(code: object): ConfigError {
  try {
    resolveOrkesConfig(code, { env: {} });
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('nothing was refused');
}
