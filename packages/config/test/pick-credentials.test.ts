import { expect, test } from 'vitest';
import { ConfigError, resolveOrkesConfig, type OrkesApiConfig } from '../src/index.ts';

const inEnv = { CONDUCTOR_AUTH_KEY: 'env-key', CONDUCTOR_AUTH_SECRET: 'env-secret' };
const inCode = { keyId: 'code-key', keySecret: 'code-secret' };

test('a pair in the environment wins over a pair in code, and one warning says so', () => {
  const { keyId, keySecret, warnings } = resolve(inCode, inEnv);
  expect([keyId, keySecret]).toEqual(['env-key', 'env-secret']);
  expect(warnings).toEqual([expect.stringMatching(/CONDUCTOR_AUTH_KEY with CONDUCTOR_AUTH_SECRET.*useEnvVars: false/)]);
  expect(warnings.join()).not.toMatch(/env-|code-/);
});

test('a pair in code is used when the environment has none', () => {
  expect(resolve(inCode, {}).auth).toMatchObject(inCode);
});

test('the same pair in both places is no override', () => {
  expect(resolve({ keyId: 'env-key', keySecret: 'env-secret' }, inEnv).warnings).toEqual([]);
});

test.each([
  ['CONDUCTOR_AUTH_KEY', { CONDUCTOR_AUTH_KEY: 'k' }, {}],
  ['CONDUCTOR_AUTH_SECRET', { CONDUCTOR_AUTH_SECRET: 's' }, {}],
  ['CONDUCTOR_AUTH_KEY', { CONDUCTOR_AUTH_KEY: 'k', CONDUCTOR_AUTH_SECRET: ' ' }, {}],
  ['CONDUCTOR_AUTH_KEY', { CONDUCTOR_AUTH_KEY: 'k' }, { keySecret: 's' }],
  ['CONDUCTOR_AUTH_KEY', { CONDUCTOR_AUTH_KEY: 'k' }, inCode],
  ['keyId', {}, { keyId: 'k' }],
  ['keySecret', {}, { keySecret: 's' }],
])('half a pair is a fault of %s, wherever the other half is: env %o, code %o', (setting, env, code) => {
  expect(() => resolve(code, env)).toThrow(ConfigError);
  expect(() => resolve(code, env)).toThrow(new RegExp(`^${setting}: it is set without`));
});

test('half a pair in code does not matter when the environment has a whole one', () => {
  expect(resolve({ keyId: 'code-key' }, inEnv).keyId).toBe('env-key');
});

test('with useEnvVars: false the pair of the code counts, whatever the environment has', () => {
  expect(resolve({ ...inCode, useEnvVars: false }, { CONDUCTOR_AUTH_KEY: 'half' }).keyId).toBe('code-key');
});

test('white space around key and secret goes, as secret files end with a newline', () => {
  expect(resolve({}, { CONDUCTOR_AUTH_KEY: ' k ', CONDUCTOR_AUTH_SECRET: 's\r\n' }).auth).toMatchObject({
    keyId: 'k',
    keySecret: 's',
  });
  expect(resolve({ keyId: 'k\n', keySecret: '\ts' }, {}).auth).toMatchObject({ keyId: 'k', keySecret: 's' });
});

test('quotes around a key are warned of, as an env file of docker keeps them', () => {
  const { warnings } = resolve({}, { CONDUCTOR_AUTH_KEY: '"marker"', CONDUCTOR_AUTH_SECRET: "'marker'" });
  expect(warnings).toEqual([
    expect.stringMatching(/^CONDUCTOR_AUTH_KEY begins and ends with a quote/),
    expect.stringMatching(/^CONDUCTOR_AUTH_SECRET begins and ends with a quote/),
  ]);
});

test('a key that is no text is a fault, not a pair', () => {
  expect(() => resolve({ keyId: 1, keySecret: 2 } as unknown as OrkesApiConfig, {})).toThrow(
    /keyId: .*not text[\s\S]*keySecret: .*not text/,
  );
});

function resolve(config: OrkesApiConfig, env: Record<string, string>): ReturnType<typeof resolveOrkesConfig> {
  return resolveOrkesConfig({ serverUrl: 'http://a', ...config }, { env });
}
