import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addHeaders } from '../src/request-headers.ts';
import { TransportError } from '../src/transport-error.ts';

test('names become lower case', () => {
  expect(checked({ 'X-Trace': 'a', ACCEPT: 'b' })).toEqual({ 'x-trace': 'a', accept: 'b' });
});

test('pairs, plain objects and Headers mean the same', () => {
  const expected = { 'x-a': '1', 'x-b': '2' };
  expect(
    checked([
      ['x-a', '1'],
      ['X-B', '2'],
    ]),
  ).toEqual(expected);
  expect(checked({ 'x-a': 1, 'X-B': '2' })).toEqual(expected);
  expect(checked(new Headers(expected))).toEqual(expected);
});

test('a content-type that is given twice in different spelling is one header', () => {
  expect(checked({ 'content-type': 'text/plain', 'Content-Type': 'application/json' })).toEqual({
    'content-type': 'application/json',
  });
});

test('other repeated headers become a list, equal ones do not', () => {
  expect(
    checked([
      ['x-a', '1'],
      ['x-a', '2'],
      ['x-a', '2'],
    ]),
  ).toEqual({ 'x-a': '1, 2, 2' });
  expect(
    checked([
      ['x-a', '1'],
      ['x-a', '1'],
    ]),
  ).toEqual({ 'x-a': '1' });
  expect(
    checked([
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
    ]),
  ).toEqual({ cookie: 'a=1; b=2' });
});

test.each([
  'connection',
  'te',
  'TE',
  'upgrade',
  'host',
  'content-length',
  'expect',
  'transfer-encoding',
  'proxy-connection',
  'http2-settings',
  'keep-alive',
  '__proto__',
])('%s is left out', (name) => {
  expect(checked([[name, 'gzip']])).toEqual({});
});

test('an undefined value is an absent header', () => {
  expect(checked({ 'x-a': undefined })).toEqual({});
});

test.each([':path', 'a b', '', 'x\r\ny', 'ü', 'x:'])('the name %j is refused', (name) => {
  expect(() => checked([[name, '1']])).toThrow(expect.objectContaining({ code: 'INVALID_HEADER', requestSent: false }));
});

test.each(['a\r\nb: c', 'a\nb', 'a\0b', 'snow ☃', '\u007f'])(
  'the value %j is refused and not repeated in the error',
  (value) => {
    const error = errorOf(() => checked({ 'x-a': value }));
    expect(error).toMatchObject({ code: 'INVALID_HEADER', header: 'x-a' });
    expect(JSON.stringify(error)).not.toContain(JSON.stringify(value).slice(1, -1));
  },
);

test('white space at the ends is taken off', () => {
  expect(checked({ 'x-a': '  a\tb\r\n' })).toEqual({ 'x-a': 'a\tb' });
});

test('whatever is let through has no line end and a lower-case token for a name', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))), (pairs) => {
      try {
        for (const [name, value] of Object.entries(checked(pairs))) {
          expect(name).toMatch(/^[!#$%&'*+\-.^_`|~0-9a-z]+$/);
          expect(value).not.toMatch(/[\r\n\0]/);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(TransportError);
      }
    }),
  );
});

function checked(input: unknown): Record<string, string> {
  const headers = {};
  addHeaders(headers, input as Record<string, unknown>);
  return headers;
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
