import { expect, test } from 'vitest';
import { MAX_AUTH_BACKOFF_MS, MAX_AUTH_FAILURES, TOKEN_TTL_MS } from '../src/index.ts';
import { resolveOptions, type TokenManagerOptions } from '../src/token-manager-options.ts';

const KEY = { serverUrl: 'http://localhost:8080', keyId: 'my-key-id', keySecret: 'my-secret' };

test('the defaults are these', () => {
  expect(resolveOptions(KEY)).toMatchObject({
    refreshTokenInterval: 3_600_000,
    initialTokenTimeoutMs: 15_000,
    tokenRequestTimeoutMs: 10_000,
  });
  expect([TOKEN_TTL_MS, MAX_AUTH_BACKOFF_MS, MAX_AUTH_FAILURES]).toEqual([2_700_000, 60_000, 5]);
});

test('an explicit undefined means the default', () => {
  expect(resolveOptions({ ...KEY, initialTokenTimeoutMs: undefined }).initialTokenTimeoutMs).toBe(15_000);
});

test.each([
  ['http://localhost:8080', 'http://localhost:8080/api/token'],
  ['http://localhost:8080/', 'http://localhost:8080/api/token'],
  ['http://localhost:8080/api', 'http://localhost:8080/api/token'],
  ['http://localhost:8080/api//', 'http://localhost:8080/api/token'],
  ['https://example.com/base/path', 'https://example.com/base/path/api/token'],
  ['https://example.com/?x=1#y', 'https://example.com/api/token'],
])('the token endpoint of %s is %s', (serverUrl, url) => {
  expect(resolveOptions({ ...KEY, serverUrl }).source).toMatchObject({ url });
});

test.each<[string, TokenManagerOptions]>([
  ['no credentials', { serverUrl: KEY.serverUrl }],
  ['a key without its secret', { ...KEY, keySecret: undefined }],
  ['an empty secret', { ...KEY, keySecret: '' }],
  ['a secret without its key', { ...KEY, keyId: undefined }],
  ['key and token', { ...KEY, token: 'my-secret' }],
  ['key id and token', { keyId: KEY.keyId, token: 'my-secret' }],
  ['secret and token', { keySecret: KEY.keySecret, token: 'my-secret' }],
  ['a URL with a password alone', { ...KEY, serverUrl: 'http://:my-secret@localhost' }],
  ['no URL', { ...KEY, serverUrl: undefined }],
  ['a URL without scheme', { ...KEY, serverUrl: 'localhost:8080' }],
  ['another scheme', { ...KEY, serverUrl: 'ftp://localhost' }],
  ['a URL with user and password', { ...KEY, serverUrl: 'http://user:my-secret@localhost' }],
  ['a negative interval', { ...KEY, refreshTokenInterval: -1 }],
  ['a timeout of zero', { ...KEY, initialTokenTimeoutMs: 0 }],
  ['a timeout that overflows a timer', { ...KEY, tokenRequestTimeoutMs: 2_147_483_648 }],
  ['a timeout that is not a number', { ...KEY, tokenRequestTimeoutMs: Number.NaN }],
])('%s is refused, by an error that shows no value', (_, options) => {
  expect(() => resolveOptions(options)).toThrow(
    expect.objectContaining({ code: 'AUTH_OPTIONS_INVALID', hint: expect.not.stringMatching(/my-/) }),
  );
});

test('the ends of a range belong to it', () => {
  expect(resolveOptions({ ...KEY, initialTokenTimeoutMs: 1 }).initialTokenTimeoutMs).toBe(1);
  expect(resolveOptions({ ...KEY, refreshTokenInterval: 0 }).refreshTokenInterval).toBe(0);
  expect(resolveOptions({ ...KEY, tokenRequestTimeoutMs: 2_147_483_647 }).tokenRequestTimeoutMs).toBe(2_147_483_647);
});

test('clocks, chance and sleep are real unless given', async () => {
  const real = resolveOptions(KEY);
  expect(Math.abs(real.now() - Date.now())).toBeLessThan(60_000);
  expect(Math.abs(real.monotonic() - performance.now())).toBeLessThan(60_000);
  expect(real.random).toBe(Math.random);
  await real.sleep(1);
  const given = { now: () => 1, monotonic: () => 2, random: () => 3, sleep: async () => {} };
  expect(resolveOptions({ ...KEY, ...given })).toMatchObject(given);
});

test('a clock given alone stands for both clocks', () => {
  expect(resolveOptions({ ...KEY, now: () => 7 }).monotonic()).toBe(7);
});

test('a fetch that is replaced later is the one used', async () => {
  const original = globalThis.fetch;
  const { fetch } = resolveOptions(KEY);
  globalThis.fetch = async () => new Response('replaced');
  try {
    expect(await (await fetch('http://x', {})).text()).toBe('replaced');
  } finally {
    globalThis.fetch = original;
  }
});

test.each([
  [{ token: 't', keyId: 'k' }, 'Give either token, or keyId with keySecret.'],
  [{ keyId: '', keySecret: 's', serverUrl: 'http://a' }, 'Give keyId and keySecret as non-empty strings, or token.'],
  [
    { keyId: 'k', keySecret: 's', serverUrl: 'ftp://a' },
    'Give serverUrl as an http or https URL without user and password.',
  ],
  [{ token: 't', refreshTokenInterval: -1 }, 'Give refreshTokenInterval in milliseconds, from 0 to 2147483647.'],
])('what is wrong with %o is said', (options, hint) => {
  expect(() => resolveOptions(options)).toThrow(
    expect.objectContaining({ code: 'AUTH_OPTIONS_INVALID', hint }) as Error,
  );
});
