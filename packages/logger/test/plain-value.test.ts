import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_LIMITS, toPlain } from '../src/plain-value.ts';
import { createRedactor } from '../src/redactor.ts';

test('an error is shown by name, code, message, hint, simple fields and cause chain', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED', { cause: new RangeError('root') }), {
    code: 'ECONNREFUSED',
    port: 80,
  });
  const error = Object.assign(new TypeError('call failed', { cause }), {
    code: 'X',
    hint: 'Start the server.',
    request: { headers: {} },
  });
  const { stack, ...rest } = plain(error) as Record<string, unknown>;
  expect(rest).toEqual({
    name: 'TypeError',
    code: 'X',
    message: 'call failed',
    hint: 'Start the server.',
    cause: {
      name: 'Error',
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED',
      port: 80,
      cause: { name: 'RangeError', message: 'root' },
    },
  });
  expect(stack).toContain('plain-value.test.ts');
});

test('the outermost error has its stack wherever it stands, its cause has none', () => {
  const told = plain({ error: new Error('outer', { cause: new Error('inner') }) }) as { error: Record<string, object> };
  expect(told.error['stack']).toContain('plain-value.test.ts');
  expect(told.error['cause']).toEqual({ name: 'Error', message: 'inner' });
});

test('errors and collections of another realm are told like those of this one', () => {
  const foreign = runInNewContext(
    '({ map: new Map([["token", "marker"]]), set: new Set([1]), error: new TypeError("bad") })',
  );
  // In Jest, the reasons of signals are of such a class.
  const aborted: unknown = Object.create({
    name: 'AbortError',
    message: 'aborted',
    [Symbol.toStringTag]: 'DOMException',
  });
  expect(plain({ ...foreign, aborted })).toMatchObject({
    map: { token: '[redacted]' },
    set: [1],
    error: { name: 'TypeError', message: 'bad' },
    aborted: { name: 'AbortError', message: 'aborted' },
  });
});

test('the parts of an AggregateError are kept', () => {
  expect(plain(new AggregateError([new Error('::1'), new Error('127.0.0.1')], ''))).toMatchObject({
    errors: [{ message: '::1' }, { message: '127.0.0.1' }],
  });
});

test('an endless chain of causes comes to an end', () => {
  const error = new Error('loop');
  error.cause = error;
  expect(plain(error)).toMatchObject({ cause: '[circular]' });
  let long = new Error('0');
  for (let i = 1; i < 1000; i += 1) long = new Error(String(i), { cause: long });
  expect(JSON.stringify(plain(long)).length).toBeLessThan(5_000);
});

test('cycles, big integers, symbols, functions and getters that throw are told in words', () => {
  const value: Record<string, unknown> = { big: 10n, symbol: Symbol('s'), run: () => 1, nan: Number.NaN };
  value['self'] = value;
  Object.defineProperty(value, 'broken', { enumerable: true, get: () => raise() });
  expect(plain(value)).toEqual({
    big: '10',
    symbol: 'Symbol(s)',
    run: '[function]',
    nan: 'NaN',
    self: '[circular]',
    broken: '[unreadable]',
  });
});

test('an object met twice, but not inside itself, is no cycle', () => {
  const shared = { a: 1 };
  expect(plain({ one: shared, two: shared })).toEqual({ one: { a: 1 }, two: { a: 1 } });
});

test('a proxy, a toJSON and an iterator that throw are unreadable, and their neighbours are kept', () => {
  const proxy = new Proxy({}, { ownKeys: () => raise() });
  expect(plain({ proxy, json: { toJSON: raise }, map: new Map([['a', 1]]), ok: true })).toEqual({
    proxy: '[unreadable]',
    json: '[unreadable]',
    map: { a: 1 },
    ok: true,
  });
});

test('a proxy that answers everything with a throw is unreadable', () => {
  const hostile = new Proxy(
    {},
    { get: raise, has: raise, getPrototypeOf: raise, ownKeys: raise, getOwnPropertyDescriptor: raise },
  );
  expect(plain({ hostile })).toEqual({ hostile: '[unreadable]' });
});

test('dates, URLs, sets, headers and bytes have a short plain form', () => {
  expect(
    plain({
      date: new Date(0),
      bad: new Date(Number.NaN),
      url: new URL('http://user:pass@host/'),
      set: new Set([1]),
      headers: new Headers({ 'x-authorization': 'marker', accept: 'text/plain' }),
      bytes: new Uint8Array(3),
    }),
  ).toEqual({
    date: '1970-01-01T00:00:00.000Z',
    bad: 'Invalid Date',
    url: 'http://[redacted]@host/',
    set: [1],
    headers: { accept: 'text/plain', 'x-authorization': '[redacted]' },
    bytes: '[3 bytes]',
  });
});

test('a key named __proto__ stays a key', () => {
  const copy = plain(JSON.parse('{"__proto__":{"polluted":1}}')) as object;
  expect(Object.keys(copy)).toEqual(['__proto__']);
  expect((copy as { polluted?: unknown }).polluted).toBeUndefined();
});

test('long texts, wide objects and long lists are cut and say so', () => {
  const copy = plain({ text: 'x'.repeat(10_000), list: Array(500).fill(0) }) as { text: string; list: unknown[] };
  expect(copy.text).toMatch(/x… \(10000 characters\)$/);
  expect(copy.list.at(-1)).toBe('[400 more]');
  const wide = plain(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]))) as object;
  expect(Object.keys(wide)).toHaveLength(PLAIN_LIMITS.width + 1);
});

test('an entry is bounded as a whole, however many large parts it has', () => {
  const leaf = (): object => Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, 'x'.repeat(5_000)]));
  expect(JSON.stringify(plain(Array.from({ length: 100 }, leaf))).length).toBeLessThan(100_000);
});

test('huge keys are bounded like huge texts', () => {
  const huge = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}${'k'.repeat(100_000)}`, i]));
  expect(JSON.stringify(plain(huge)).length).toBeLessThan(50_000);
});

test('any value at all becomes plain data, and JSON can hold it', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
      (value) => {
        const copy = plain(value);
        expect(JSON.parse(JSON.stringify(copy))).toEqual(copy);
      },
    ),
  );
});

const plain = (value: unknown): unknown => toPlain(value, createRedactor());

function raise(): never {
  throw new Error('trap');
}
