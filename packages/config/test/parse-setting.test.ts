import { parseLogLevel } from '@conductor-ts/logger';
import { expect, test } from 'vitest';
import { parseSetting } from '../src/parse-setting.ts';
import { SETTINGS, settingOf, type SettingField } from '../src/settings.ts';

test.each([
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://localhost:8080/', 'http://localhost:8080'],
  ['http://localhost:8080/api', 'http://localhost:8080'],
  ['http://localhost:8080//api//', 'http://localhost:8080'],
  ['HTTPS://Play.Example.com:443/api/', 'https://play.example.com'],
  ['https://a.example.com/base//conductor/api', 'https://a.example.com/base/conductor'],
  ['https://a.example.com/apiary', 'https://a.example.com/apiary'],
  ['https://a.example.com/api/v2', 'https://a.example.com/api/v2'],
  ['http://[::1]:8080/api', 'http://[::1]:8080'],
])('the server URL %s becomes %s', (raw, value) => {
  expect(read('serverUrl', raw)).toBe(value);
});

test.each([
  ['localhost:8080', 'no scheme'],
  ['conductor.example.com/api', 'no scheme'],
  ['//host', 'no scheme'],
  ['http:host', 'no scheme'],
  [String.raw`http:\\host`, 'no scheme'],
  ['"http://host"', 'stands in quotes'],
  ['ftp://host', 'neither http nor https'],
  ['ws://host', 'neither http nor https'],
  ['http://', 'malformed'],
  ['http:///api', 'malformed'],
  ['https:////host', 'malformed'],
  ['http://host:/api', 'malformed'],
  ['http://ho st', 'malformed'],
  [String.raw`http://host\api`, 'malformed'],
  ['http://host:99999', 'malformed'],
  ['http://user:marker@host', 'user name or password'],
  ['http://@host', 'user name or password'],
  ['http://host?x=1', 'query or a fragment'],
  ['http://host/#', 'query or a fragment'],
  ['http://ho\tst', 'control character'],
  ['http://ho\u00ADst', 'control character'],
  ['http://host\r\nx: y', 'control character'],
  [8080, 'not text'],
])('the server URL %o is refused: %s', (raw, trouble) => {
  expect(read('serverUrl', raw)).toMatchObject({ trouble: expect.stringContaining(trouble) as unknown });
});

test.each([
  ['http://proxy:3128', 'http://proxy:3128'],
  ['https://user:p%40ss@proxy.example.com/', 'https://user:p%40ss@proxy.example.com'],
])('the proxy URL %s is taken', (raw, value) => {
  expect(read('proxyUrl', raw)).toBe(value);
});

test.each([
  ['proxy:3128', 'no scheme'],
  ['socks5://proxy', 'neither http nor https'],
  ['http://proxy/path', 'has a path'],
  ['http:///proxy:3128', 'malformed'],
  ['http://user:secret@proxy:', 'malformed'],
  ['http://user:100%@proxy', 'begins no escape'],
])('the proxy URL %o is refused: %s', (raw, trouble) => {
  expect(read('proxyUrl', raw)).toMatchObject({ trouble: expect.stringContaining(trouble) as unknown });
});

test.each([0, 1, 2_147_483_647, '5', '+5', '005', '5.0'])('%o is a number of milliseconds', (raw) => {
  expect(read('requestTimeoutMs', raw)).toBe(Number(raw));
});

test.each([
  ['-1', '-1 is less than 0'],
  [-1, '-1 is less than 0'],
  ['2147483648', '2147483648 is more than 2147483647'],
  [1.5, '1.5 is not a whole number'],
  ['1.5', '1.5 is not a whole number'],
  ['60s', 'not a number'],
  ['1e3', 'not a number'],
  ['0x10', 'not a number'],
  ['1_000', 'not a number'],
  ['9'.repeat(500), 'not a number'],
  [Number.NaN, 'not a number'],
  [Infinity, 'not a number'],
  [10n, 'not a number'],
  [true, 'not a number'],
  [{}, 'not a number'],
])('%o is no number of milliseconds: %s', (raw, trouble) => {
  expect(read('requestTimeoutMs', raw)).toEqual({
    trouble: expect.stringContaining(trouble) as unknown,
    advice: 'Give a whole number of ms from 0 to 2147483647.',
  });
});

test('no HTTP/2 sessions at all is not a number of sessions', () => {
  expect(read('maxHttp2Connections', 0)).toMatchObject({ trouble: '0 is less than 1' });
});

test.each([
  [['true', 'TRUE', 'Yes', '1', true], true],
  [['false', 'False', 'NO', '0', false], false],
])('%o mean %o', (words, value) => {
  for (const word of words) expect(read('tlsInsecure', word)).toBe(value);
});

test.each(['on', 'off', 'y', 'enabled', '2', 1, 0, {}])('%o is neither true nor false', (raw) => {
  expect(read('tlsInsecure', raw)).toMatchObject({ trouble: 'the value is neither true nor false' });
});

test.each(['trace', 'DEBUG', 'Silent', '0', '25', 30, 41, 100, 'loud', '', -1, {}])(
  'the level %o is read as the logger reads it',
  (raw) => {
    const level = read('logLevel', raw);
    expect(typeof level === 'object' ? undefined : level).toBe(parseLogLevel(raw));
  },
);

test.each(['a\nb', 'a\u0000b', 'a\u0085b', 'ab\u200B', 'a\u00ADb', '\u2060ab'])(
  'a secret with a control character inside is refused: %o',
  (raw) => {
    expect(read('keySecret', raw)).toMatchObject({ trouble: expect.stringContaining('control character') as unknown });
  },
);

test('the name of a file may hold a joiner, as in Persian', () => {
  expect(read('tlsCaPath', '/a\u200Cb.pem')).toBe('/a\u200Cb.pem');
});

test('the content of a PEM file in place of its path is refused', () => {
  expect(read('tlsKeyPath', '-----BEGIN PRIVATE KEY-----\nmarker')).toMatchObject({
    trouble: expect.stringContaining('the content of a PEM file') as unknown,
  });
});

test('each field has one row in the table, with a variable of its own', () => {
  for (const { field } of SETTINGS) expect(settingOf(field).field).toBe(field);
  expect(new Set(SETTINGS.map(({ variable }) => variable)).size).toBe(SETTINGS.length);
});

function read(field: SettingField, raw: unknown): unknown {
  const parsed = parseSetting(settingOf(field), raw);
  return 'value' in parsed ? parsed.value : parsed;
}
