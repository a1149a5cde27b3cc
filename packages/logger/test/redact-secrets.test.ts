import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { DefaultLogger, redactSecrets } from '../src/index.ts';

const secret = 'mark/er+se cret"\u00E9';

test.each([
  ['plain', secret],
  ['as part of JSON', JSON.stringify({ a: secret })],
  ['URL-encoded', encodeURIComponent(secret)],
  ['URL-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
  ['in a path', new URL(`http://h/${secret}`).href],
  ['as a query', new URLSearchParams({ q: secret }).toString()],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64url', Buffer.from(secret).toString('base64url')],
  ['in URL-encoded base64', encodeURIComponent(Buffer.from(secret).toString('base64'))],
])('a secret is found %s', (_title, text) => {
  const clean = redactSecrets(`before ${text} after`, [secret]);
  expect(clean).toContain('[redacted]');
  expect(clean).not.toMatch(/mark|cret|bWFyay/);
});

test.each(['', 'u:', 'us:', 'user:'])('a secret is found in base64 behind %o', (before) => {
  const encoded = Buffer.from(`${before}super-secret-value:x`).toString('base64');
  const clean = redactSecrets(encoded, ['super-secret-value']);
  // What is left decodes to less than three characters of the secret.
  expect(Buffer.from(clean.replace('[redacted]', ''), 'base64').toString()).not.toContain('sup');
  expect(clean).toContain('[redacted]');
});

test('of two secrets the longer one goes first', () => {
  expect(redactSecrets('secret-value-long', ['secret-value', 'secret-value-long'])).toBe('[redacted]');
});

test('each line of a private key is a secret of its own', () => {
  const lines = [
    '-----BEGIN PRIVATE KEY-----',
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
    'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
    '-----END PRIVATE KEY-----',
  ];
  expect(redactSecrets(`read ${lines[2]} from file`, [lines.join('\n')])).toBe('read [redacted] from file');
});

test('values too short to be told from words, and missing ones, are left alone', () => {
  expect(redactSecrets('abc is fine', ['', 'abc', undefined])).toBe('abc is fine');
});

test.each([
  ['x-authorization: marker-value', 'x-authorization: [redacted]'],
  ['Authorization: Bearer marker-value\r\nhost: a', 'Authorization: [redacted]\r\nhost: a'],
  ['cookie: a=marker; b=marker', 'cookie: [redacted]'],
  ['authorization: Digest username="u", response="marker"\nhost: a', 'authorization: [redacted]\nhost: a'],
  [`{ 'x-authorization': 'marker', accept: 'a' }`, `{ 'x-authorization': '[redacted]', accept: 'a' }`],
  ['{"keySecret":"marker","keyId":"id"}', '{"keySecret":"[redacted]","keyId":"id"}'],
  [String.raw`{\"token\":\"marker\"}`, String.raw`{\"token\":\"[redacted]\"}`],
  [String.raw`{"password":"it's a \"marker\"","x":1}`, '{"password":"[redacted]","x":1}'],
  ['GET /a?access_token=marker&b=1', 'GET /a?access_token=[redacted]&b=1'],
  ['password=marker', 'password=[redacted]'],
  ['client_secret=marker&grant_type=a', 'client_secret=[redacted]&grant_type=a'],
  ['LoginRequest(password=marker)', 'LoginRequest(password=[redacted]'],
  ['proxy http://user:p@ss@proxy:3128/ refused', 'proxy http://[redacted]@proxy:3128/ refused'],
  ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'got [redacted]'],
  ['-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----', '[redacted]'],
])('what is a secret by its surroundings goes without being named: %s', (text, clean) => {
  expect(redactSecrets(text, [])).toBe(clean);
});

test.each(['Token refreshed', 'the password is wrong', 'Bearer auth is used', 'http://localhost:8080/api/token'])(
  'prose stays: %s',
  (text) => {
    expect(redactSecrets(text, [])).toBe(text);
  },
);

test.each([
  'authorization',
  'X-Authorization',
  'Cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'keySecret',
  'client_secret',
  'refreshToken',
])('a field named %s is redacted at any depth', (name) => {
  expect(redactSecrets({ a: [{ [name]: { deep: 'marker' } }] }, [])).toEqual({ a: [{ [name]: '[redacted]' }] });
});

test('a flat list of header names and values loses the values of secret ones', () => {
  expect(redactSecrets(['Host', 'a', 'X-Authorization', 'marker', 'Accept', 'b'], [])).toEqual([
    'Host',
    'a',
    'X-Authorization',
    '[redacted]',
    'Accept',
    'b',
  ]);
});

test('whether a secret is there is told', () => {
  expect(redactSecrets({ token: '', password: null, secret: undefined, hasToken: true, tokenLength: 12 }, [])).toEqual({
    token: '',
    password: null,
    hasToken: true,
    tokenLength: 12,
  });
});

test('a custom field name is redacted in any case', () => {
  const lines: string[] = [];
  new DefaultLogger({ env: {}, destination: (line) => lines.push(line), sensitiveKeys: ['x-tenant-pin'] }).info('m', {
    xTenantPin: 'marker',
  });
  expect(lines.join()).not.toContain('marker');
});

test('no spelling of a secret survives in an entry: message, tags, keys, fields, errors and stacks', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
      fc.nat(5_000),
      fc.boolean(),
      (tail, before, json) => {
        const marker = `mArKeR${tail}`.trim();
        const lines: string[] = [];
        const logger = new DefaultLogger({
          env: {},
          format: json ? 'json' : 'text',
          redact: [marker],
          destination: (line) => lines.push(line),
        });
        const text = `${'x'.repeat(before)}${marker}`;
        const error = new Error(text, { cause: new Error(marker) });
        logger.child(marker).info(text, {
          [marker]: marker,
          deep: [{ text, url: encodeURIComponent(marker) }],
          error,
          set: new Set([marker]),
        });
        expect(lines.join()).not.toContain('mArKeR');
      },
    ),
  );
});

test('half a secret at the place where a text is cut is dropped too', () => {
  const lines: string[] = [];
  const logger = new DefaultLogger({
    env: {},
    redact: ['marker-secret-value'],
    destination: (line) => lines.push(line),
  });
  for (let before = 4_060; before < 4_100; before += 1)
    logger.info(`${'x'.repeat(before)}marker-secret-value${'y'.repeat(100)}`);
  for (let many = 200; many < 240; many += 1) logger.info('marker-secret-value'.repeat(many));
  expect(lines.join()).not.toMatch(/marker|secret/);
});

test('a password whose URL is cut before its @ is dropped too', () => {
  const lines: string[] = [];
  const logger = new DefaultLogger({ env: {}, destination: (line) => lines.push(line) });
  for (let before = 4_050; before < 4_100; before += 1)
    logger.info(`${'x'.repeat(before)} http://user:marker-password@host/${'y'.repeat(5_000)}`);
  expect(lines.join()).not.toMatch(/mark/);
});

test('a secret of any size is found, as where a key stands in one file with all authorities', () => {
  const lines = Array.from({ length: 2_000 }, (_, line) => `${line}`.padStart(64, 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'));
  const found = redactSecrets(`read ${lines[1_234]} from file`, [lines.join('\n')]);
  expect(found).toBe('read [redacted] from file');
});

test('each call obeys its own secrets, also one that a getter makes in the middle of another', () => {
  expect(redactSecrets('first-secret second-secret', ['first-secret'])).toBe('[redacted] second-secret');
  expect(redactSecrets('first-secret second-secret', ['second-secret'])).toBe('first-secret [redacted]');
  const value = { get inner() { return redactSecrets('inner-secret', ['inner-secret']); }, outer: 'outer-secret' }; // prettier-ignore
  expect(redactSecrets(value, ['outer-secret'])).toEqual({ inner: '[redacted]', outer: '[redacted]' });
});

test.each([
  'a://',
  '"token',
  '"token":"',
  'eyJaaaaaaaa.',
  '-eyJaaaaaaaa',
  '-----BEGIN PRIVATE KEY-----',
  'cookie=',
  'authorization: ',
  'x-',
  ' a_',
  'Bearer ',
  '?token',
  'token=',
])('hostile text costs no more than its length: %s', (piece) => {
  // Quadratic cost would take minutes here, and end in the time limit of the test.
  redactSecrets(piece.repeat(100_000), ['some-secret']);
});

test('a copy is returned and the original is untouched', () => {
  const original = { password: 'marker' };
  expect(inspect(redactSecrets(original, []))).not.toContain('marker');
  expect(original.password).toBe('marker');
});
