import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { jwt } from './token-server.ts';
import { createScrubber } from '../src/scrub-secrets.ts';

const SECRET = 'S3CR3T "quoted"/+';
const scrub = createScrubber([SECRET, undefined, 'abc']);

test('an error without secrets is passed on as it is', () => {
  const error = new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
  expect(scrub.cause(error)).toBe(error);
});

test('an error that goes round in a circle is searched once', () => {
  const error: Error & { self?: Error } = new Error('round');
  error.self = error;
  expect(scrub.cause(error)).toBe(error);
});

test.each<[string, () => unknown]>([
  ['message', () => new Error(`body was ${SECRET}`)],
  ['cause', () => new Error('outer', { cause: new Error(SECRET) })],
  ['property', () => Object.assign(new Error('x'), { request: { body: JSON.stringify({ keySecret: SECRET }) } })],
  ['hidden property', () => Object.defineProperty(new Error('x'), 'config', { value: { data: SECRET } })],
  ['URL', () => new Error(`GET /?secret=${encodeURIComponent(SECRET)}`)],
  ['bytes', () => Object.assign(new Error('x'), { body: Buffer.from(SECRET) })],
  ['map', () => Object.assign(new Error('x'), { headers: new Map([['key', SECRET]]) })],
  ['property name', () => Object.assign(new Error('x'), { [SECRET]: 1 })],
  ['depth', () => Object.assign(new Error('x'), { a: { b: { c: { d: { e: { f: { g: { h: { i: SECRET } } } } } } } } })],
  ['great depth', () => Object.assign(new Error('x'), JSON.parse(`${'{"a":'.repeat(12)}"S3CR3T"${'}'.repeat(12)}`))],
  ['array buffer', () => Object.assign(new Error('x'), { body: new TextEncoder().encode(SECRET).buffer })],
  ['set', () => Object.assign(new Error('x'), { values: new Set([SECRET]) })],
  [
    'request',
    () => Object.assign(new Error('x'), { request: new Request('http://x', { headers: { 'x-key': 'S3CR3T' } }) }),
  ],
  ['headers', () => Object.assign(new Error('x'), { headers: new Headers({ 'x-key': 'S3CR3T' }) })],
  ['code', () => Object.assign(new Error('x'), { code: SECRET })],
  ['message, under a name that is no text', () => Object.assign(new Error(SECRET), { name: undefined })],
])('an error with a secret in its %s is replaced by a clean copy', (_, make) => {
  const cause = scrub.cause(make());
  expect(cause).toBeInstanceOf(Error);
  const shown = inspect(cause, { depth: null, showHidden: true });
  expect(shown).not.toContain('S3CR3T');
  expect(shown).not.toContain(Buffer.from('S3CR3T').toString('hex'));
});

test('a secret behind a getter is found: what prints an error as JSON calls it', () => {
  const error = Object.defineProperty(new Error('x'), 'data', { enumerable: true, get: () => SECRET });
  expect(JSON.stringify(scrub.cause(error))).not.toContain('S3CR3T');
});

test.each<[string, object]>([
  ['by a getter', Object.defineProperty(new Error('x'), 'message', { get: () => fail() })],
  ['by its tag', Object.defineProperty({}, Symbol.toStringTag, { get: () => fail() })],
  ['by a proxy', new Proxy(new Error('x'), { ownKeys: () => fail(), getPrototypeOf: () => fail() })],
  ['by a text that is none', Object.assign(new Error('x'), { message: { toString: () => fail(), secret: SECRET } })],
])('of what throws when it is looked at (%s) nothing is kept', (_, error) => {
  expect(scrub.cause(error)).toBeUndefined();
});

test('what is given as a secret and is no text is left alone', () => {
  expect(createScrubber([null, 12_345, Symbol('x'), {}]).text('12345 null')).toBe('12345 null');
});

function fail(): never {
  throw new Error('thrown on purpose');
}

test('an endless chain of causes is cut', () => {
  const error = new Error(SECRET);
  error.cause = error;
  let links = 0;
  for (let link = scrub.cause(error); link instanceof Error; link = link.cause) links += 1;
  expect(links).toBeLessThan(20);
});

test('a copy has neither code nor cause where the error had none', () => {
  const copy = scrub.cause(Object.assign(new Error(SECRET), { code: 5 }));
  expect(copy).not.toHaveProperty('code');
  expect(copy).not.toHaveProperty('cause');
});

test('of two secrets, one part of the other, nothing is left', () => {
  expect(createScrubber(['MARK', 'MARK-and-more']).text('is MARK-and-more')).toBe('is [redacted]');
});

test('four characters are enough for a secret', () => {
  expect(createScrubber(['abcd']).text('abcd')).toBe('[redacted]');
});

test('a copy keeps name, code and the chain of causes', () => {
  const inner = Object.assign(new Error(`inner ${SECRET}`), { code: 'ECONNRESET' });
  const outer = new TypeError('outer', { cause: inner });
  expect(scrub.cause(outer)).toMatchObject({
    name: 'TypeError',
    cause: { message: 'inner [redacted]', code: 'ECONNRESET' },
  });
});

test('what is thrown and is no error is kept only as clean text', () => {
  expect(scrub.cause(`no ${SECRET}`)).toBe('no [redacted]');
  expect(scrub.cause({ body: SECRET })).toBeUndefined();
  expect(scrub.cause(42)).toBe(42);
});

test('a JWT is a secret, whichever it is', () => {
  expect(scrub.text(`token ${jwt({ sub: 'me' })} expired`)).toBe('token [redacted] expired');
});

test('very short values are no secrets to look for', () => {
  expect(scrub.text('abc')).toBe('abc');
});

test('a secret is found within a text of JSON, and a short one is none', () => {
  const scrubber = createScrubber(['pass"word-1', 'abc']);
  expect(scrubber.text('{"echo":"x pass\\"word-1 y","short":"abc"}')).toBe('{"echo":"x [redacted] y","short":"abc"}');
});
