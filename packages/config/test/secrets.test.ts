import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ConfigError,
  resolveOrkesConfig,
  SETTINGS,
  type OrkesApiConfig,
  type ResolvedOrkesConfig,
} from '../src/index.ts';
import { buildTransportSection } from '../src/build-sections.ts';

const config = resolveOrkesConfig(
  {
    serverUrl: 'https://a',
    keyId: 'marker-key',
    keySecret: 'marker-secret',
    proxyUrl: 'http://marker-user:marker-pass@proxy:3128',
  },
  { env: {} },
);
const transport = buildTransportSection(config, { cert: 'marker-cert', key: 'marker-pem', ca: undefined }, undefined);

test('secrets can be read as properties', () => {
  expect([config.keyId, config.keySecret, config.auth?.keySecret]).toEqual([
    'marker-key',
    'marker-secret',
    'marker-secret',
  ]);
  expect([config.proxyUrl, config.transport.proxy]).toEqual(Array(2).fill('http://marker-user:marker-pass@proxy:3128'));
  expect(transport.tls?.key).toBe('marker-pem');
});

test('all secrets are in one list for a logger, the proxy password as written and as sent', () => {
  const { secrets } = resolveOrkesConfig(
    { serverUrl: 'https://a', keyId: 'k', keySecret: 's3cret', proxyUrl: 'http://u:p%40ss@p' },
    { env: {} },
  );
  expect(secrets).toEqual(['s3cret', 'p%40ss', 'p@ss']);
  expect(resolveOrkesConfig({ proxyUrl: 'http://t%40ken@p' }, { env: {} }).secrets).toEqual(['t%40ken', 't@ken']);
  expect(resolveOrkesConfig({}, { env: {} }).secrets).toEqual([]);
});

test('a section keeps its secrets when it is spread into options', () => {
  expect({ ...config.auth }.keySecret).toBe('marker-secret');
  expect({ ...transport }.tls?.key).toBe('marker-pem');
  expect({ ...transport.tls }.key).toBe('marker-pem');
});

test.each([
  ['the configuration', config],
  ['its auth section', config.auth],
  ['its transport section', transport],
  ['the TLS part of it', transport.tls],
  ['a spread of the configuration', { ...config }],
  ['an object around it', { a: [{ config, transport }] }],
  ['its description', config.describe()],
])('no way of showing %s shows a secret', (_title, value) => {
  expect(everyView(value)).not.toContain('marker');
});

test.each([
  ['console.dir', (console: Console) => console.dir(config, { depth: null })],
  ['console.table', (console: Console) => console.table(config)],
])('%s, which asks no object how it wants to be shown, shows no secret', (_title, show) => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  show(new Console(stream));
  expect(lines.join('')).toContain('https://a');
  expect(lines.join('')).not.toContain('marker');
});

test('what is shown says that a secret is there', () => {
  expect(JSON.parse(JSON.stringify(config))).toMatchObject({
    keyId: '[set]',
    keySecret: '[set]',
    proxyUrl: 'http://[set]@proxy:3128',
  });
});

/** What lies deeper than a value of a setting is never looked at, and takes long to make. */
const SHALLOW = { maxDepth: 1, maxKeys: 3 } as const;

test('any environment and any options give a configuration or a ConfigError', () => {
  const env = fc.dictionary(fc.constantFrom(...SETTINGS.map(({ variable }) => variable), 'CONDUCTOR_X'), anyValue());
  const code = fc.oneof(
    fc.dictionary(
      fc.constantFrom(...SETTINGS.map(({ field }) => field), 'logger', 'useEnvVars', '__proto__', 'x'),
      anyValue(),
    ),
    fc.anything(SHALLOW),
  );
  fc.assert(
    fc.property(code, env, (code, env) => {
      resolveOrThrowConfigError(code, env);
    }),
    { numRuns: 300 },
  );
});

test('no text shows a secret, wherever it was put by mistake', () => {
  const misplaced = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .chain((tail) =>
      fc.constantFrom(
        `mArKeR${tail}`,
        `http://u:mArKeR${encodeURIComponent(tail.replaceAll(/[\uD800-\uDFFF]/g, ''))}@h`,
        `1mArKeR`,
        `mArKeR://h`,
        `/mArKeR${tail}`,
      ),
    );
  const env = fc.dictionary(fc.constantFrom(...SETTINGS.map(({ variable }) => variable)), misplaced);
  const code = fc.dictionary(fc.constantFrom(...SETTINGS.map(({ field }) => field), 'useEnvVars'), misplaced);
  fc.assert(
    fc.property(code, env, (code, env) => {
      const warnings: unknown[] = [];
      const logger = { debug() {}, info() {}, error() {}, warn: (...args: unknown[]) => warnings.push(args) };
      const result = resolveOrThrowConfigError({ ...code, logger }, env);
      expect(everyView([warnings, result instanceof Error ? [result, result.stack] : []])).not.toContain('mArKeR');
    }),
    { numRuns: 300 },
  );
});

test('proxies and getters that throw end in a ConfigError or are passed over', () => {
  const trap = (): never => {
    throw new RangeError('trap');
  };
  const hostile = new Proxy(
    {},
    { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap },
  );
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const value of [hostile, revoked.proxy]) {
    expect(resolveOrThrowConfigError(value, {})).toBeInstanceOf(ConfigError);
    expect(resolveOrThrowConfigError({}, value)).toBeInstanceOf(ConfigError);
    for (const field of [...SETTINGS.map(({ field }) => field), 'logger', 'useEnvVars']) {
      expect(resolveOrThrowConfigError({ [field]: value }, {})).toBeInstanceOf(ConfigError);
    }
  }
});

function anyValue(): fc.Arbitrary<unknown> {
  const likely = fc.constantFrom(
    'true',
    '0',
    '5',
    '-1',
    '1e9',
    'http://a/api',
    'http://u:p@a',
    'info',
    ' ',
    '/dev/null',
    '\u0000',
    'https://[',
    '-----BEGIN',
  );
  return fc.oneof(
    likely,
    fc.string({ unit: 'binary' }),
    fc.anything({ ...SHALLOW, withBigInt: true, withNullPrototype: true }),
    fc.webUrl(),
  );
}

function resolveOrThrowConfigError(code: unknown, env: unknown): ResolvedOrkesConfig | ConfigError {
  try {
    return resolveOrkesConfig(code as OrkesApiConfig, { env: env as Record<string, string> });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function everyView(value: unknown): string {
  const views = [
    {},
    { depth: null },
    { depth: null, showHidden: true },
    { depth: null, showHidden: true, getters: true },
  ];
  return [
    ...views.map((view) => inspect(value, view)),
    JSON.stringify(value),
    String(value),
    format('%s %o %O %j', value, value, value, value),
  ].join('\n');
}
