import { expect, test } from 'vitest';
import { parseSetting } from '../src/parse-setting.ts';
import { resolveOrkesConfig, type OrkesApiConfig } from '../src/index.ts';
import { settingOf, type SettingField } from '../src/settings.ts';

const SERVER = 'https://conductor.example.com';
const PROXY = 'http://proxy.example.com:3128';
const ONE_LINE = 'Copy it again, as one line and without invisible characters.';

/** What a user reads. Written down a second time on purpose: half a sentence would pass every other test. */
test.each<[SettingField, unknown, string, string]>([
  ['serverUrl', 8080, 'the value is not text', `Give a URL such as ${SERVER}.`],
  ['serverUrl', 'http://a\u0000', 'the URL holds a control character', ONE_LINE],
  ['serverUrl', 'http://a\u007f', 'the URL holds a control character', ONE_LINE],
  ['serverUrl', 'http://a\u009f', 'the URL holds a control character', ONE_LINE],
  ['serverUrl', '`http://a`', 'the URL stands in quotes', 'Remove the quotes.'],
  ['serverUrl', "'http://a'", 'the URL stands in quotes', 'Remove the quotes.'],
  ['serverUrl', '"http://a\'', 'the URL has no scheme', `Begin it with http:// or https://, as in ${SERVER}.`],
  ['serverUrl', 'a.test', 'the URL has no scheme', `Begin it with http:// or https://, as in ${SERVER}.`],
  ['serverUrl', '1http://a', 'the URL has no scheme', `Begin it with http:// or https://, as in ${SERVER}.`],
  ['serverUrl', 'x http://a', 'the URL has no scheme', `Begin it with http:// or https://, as in ${SERVER}.`],
  ['serverUrl', 'xhttp://a', 'the scheme of the URL is neither http nor https', `Give a URL such as ${SERVER}.`],
  ['serverUrl', 'https+x://a', 'the scheme of the URL is neither http nor https', `Give a URL such as ${SERVER}.`],
  ['serverUrl', 'http://a?x', 'the URL has a query or a fragment', 'Remove everything from the ? or # on.'],
  ['serverUrl', 'http://a#x', 'the URL has a query or a fragment', 'Remove everything from the ? or # on.'],
  ['serverUrl', 'http://a b', 'the URL is malformed', `Give a URL such as ${SERVER}.`],
  ['serverUrl', 'http://a/b c', 'the URL is malformed', `Give a URL such as ${SERVER}.`],
  ['serverUrl', String.raw`http://a/b\c`, 'the URL is malformed', `Give a URL such as ${SERVER}.`],
  ['serverUrl', 'http://[', 'the URL is malformed', `Give a URL such as ${SERVER}.`],
  [
    'serverUrl',
    'http://u:p@a',
    'the URL holds a user name or password',
    'Remove what stands before the @; use keyId and keySecret.',
  ],
  ['proxyUrl', 'ws://a', 'the scheme of the URL is neither http nor https', `Give a URL such as ${PROXY}.`],
  ['proxyUrl', 'http://a/b', 'the URL has a path', 'Give scheme, host and port only.'],
  [
    'proxyUrl',
    'http://u%:p@a',
    'user or password holds a % that begins no escape',
    'Write a % as %25, a @ as %40 and a : as %3A.',
  ],
  [
    'proxyUrl',
    'http://u:p%@a',
    'user or password holds a % that begins no escape',
    'Write a % as %25, a @ as %40 and a : as %3A.',
  ],
  ['keyId', 1, 'the value is not text', 'Give it as text.'],
  ['keySecret', 'a\nb', 'the value holds a control character', ONE_LINE],
  ['maxHttp2Connections', 'x', 'the value is not a number', 'Give a whole number of sessions from 1 to 2147483647.'],
  ['requestTimeoutMs', 0.5, '0.5 is not a whole number', 'Give a whole number of ms from 0 to 2147483647.'],
  ['requestTimeoutMs', ' 5', 'the value is not a number', 'Give a whole number of ms from 0 to 2147483647.'],
  ['requestTimeoutMs', '5 ', 'the value is not a number', 'Give a whole number of ms from 0 to 2147483647.'],
  ['requestTimeoutMs', '5.', 'the value is not a number', 'Give a whole number of ms from 0 to 2147483647.'],
  ['tlsCaPath', 1, 'the value is not text', 'Give the path of a PEM file.'],
  ['tlsCaPath', '-----BEGIN X', 'the value is the content of a PEM file', 'Give the path of a PEM file.'],
  [
    'tlsCaPath',
    'a\nb',
    'the path holds a control character',
    'Copy it again, as one line and without invisible characters.',
  ],
  [
    'tlsInsecure',
    'on',
    'the value is neither true nor false',
    'Give true or false (1, 0, yes and no are understood too).',
  ],
  [
    'logLevel',
    'loud',
    'the value is no log level',
    'Give one of trace, debug, info, warn, error, silent, or a number from 10 to 60.',
  ],
  [
    'logLevel',
    '1x',
    'the value is no log level',
    'Give one of trace, debug, info, warn, error, silent, or a number from 10 to 60.',
  ],
])('%s %o: %s', (field, raw, trouble, advice) => {
  expect(parseSetting(settingOf(field), raw)).toEqual({ trouble, advice });
});

test.each<[string, unknown, Record<string, string>, string]>([
  [
    'options that are no object',
    7,
    {},
    'config: it is not an object. Give an object such as { serverUrl, keyId, keySecret }, or nothing.',
  ],
  [
    'a logger without methods',
    { logger: { debug() {}, warn() {} } },
    {},
    'logger: it has no info, error. Give an object with debug, info, warn and error, each taking (message, fields).',
  ],
  [
    'a logger that cannot be looked at',
    Object.defineProperty({}, 'logger', { get: raise }),
    {},
    'logger: it has no readable value. Give an object with debug, info, warn and error, each taking (message, fields).',
  ],
  [
    'a field that throws',
    Object.defineProperty({}, 'serverUrl', { get: raise }),
    {},
    'serverUrl: reading the value failed. Give a plain value: here a getter or a proxy threw.',
  ],
  [
    'a faulty variable',
    {},
    { CONDUCTOR_TLS_INSECURE: 'on' },
    'CONDUCTOR_TLS_INSECURE: the value is neither true nor false. Give true or false (1, 0, yes and no are understood too). Or unset CONDUCTOR_TLS_INSECURE.',
  ],
  [
    'a faulty field',
    { tlsInsecure: 'on' },
    {},
    'tlsInsecure: the value is neither true nor false. Give true or false (1, 0, yes and no are understood too).',
  ],
  [
    'half a pair',
    { keySecret: 's' },
    {},
    'keySecret: it is set without keyId. Set both in the environment or both in code, or none for a server without authentication.',
  ],
  [
    'a certificate alone',
    { tlsCertPath: '/none' },
    {},
    'tlsCertPath: it is set without tlsKeyPath. Set tlsKeyPath (CONDUCTOR_TLS_KEY_PATH) too.\ntlsCertPath: the file cannot be read (ENOENT). Give the path of a PEM file with a certificate.',
  ],
  [
    'a folder in place of a key',
    { tlsCertPath: '/none', tlsKeyPath: '/' },
    {},
    'tlsCertPath: the file cannot be read (ENOENT). Give the path of a PEM file with a certificate.\ntlsKeyPath: the path leads to no file. Give the path of a PEM file with a private key.',
  ],
])('%s is told in full', (_title, code, env, message) => {
  expect(messageOf(code, env)).toBe(message);
});

test.each<[string, object, Record<string, string>, string]>([
  [
    'a variable over a field',
    { requestTimeoutMs: 1 },
    { CONDUCTOR_REQUEST_TIMEOUT_MS: '2' },
    'The environment wins: CONDUCTOR_REQUEST_TIMEOUT_MS overrides a different value of requestTimeoutMs in code. To ignore the environment set useEnvVars: false',
  ],
  [
    'a pair over a pair',
    { keyId: 'a', keySecret: 'b' },
    { CONDUCTOR_AUTH_KEY: 'a', CONDUCTOR_AUTH_SECRET: 'c', CONDUCTOR_SERVER_URL: 'http://a' },
    'The environment wins: CONDUCTOR_AUTH_KEY with CONDUCTOR_AUTH_SECRET overrides a different value of keyId and keySecret in code. To ignore the environment set useEnvVars: false',
  ],
  [
    'keys without a server',
    { keyId: 'a', keySecret: 'b' },
    {},
    'Keys are set but no server URL: http://localhost:8080 is used. Set serverUrl or CONDUCTOR_SERVER_URL',
  ],
  [
    'TLS that nobody speaks',
    { tlsInsecure: true, proxyUrl: 'http://https:a@b' },
    {},
    'The server URL begins with http:, so tlsInsecure has no effect',
  ],
  [
    'a key in quotes',
    { keyId: '"a"', keySecret: '\'b"', serverUrl: 'http://a' },
    {},
    'keyId begins and ends with a quote: remove both, unless they belong to it',
  ],
  ['a misspelt option', { serverURL: 1 }, {}, 'Unknown option serverURL is ignored. Was serverUrl meant?'],
  [
    'an unknown option with a name that may be a secret',
    { 'a b': 1 },
    {},
    'Unknown option with an unusual name is ignored. Known are serverUrl, keyId, keySecret, maxHttp2Connections, refreshTokenInterval, requestTimeoutMs, connectTimeoutMs, tlsCertPath, tlsKeyPath, tlsCaPath, proxyUrl, tlsInsecure, disableHttp2, retryServerErrors, logLevel, logger, useEnvVars',
  ],
  [
    'a misspelt variable',
    {},
    { CONDUCTOR_SERVER_URI: 'x' },
    'Unknown variable CONDUCTOR_SERVER_URI is ignored. Was CONDUCTOR_SERVER_URL meant?',
  ],
])('%s is warned of in full', (_title, code, env, warning) => {
  expect(resolveOrkesConfig(code, { env }).warnings).toEqual([warning]);
});

function messageOf(code: unknown, env: Record<string, string>): string {
  try {
    resolveOrkesConfig(code as OrkesApiConfig, { env });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

function raise(): never {
  throw new Error('broken');
}
