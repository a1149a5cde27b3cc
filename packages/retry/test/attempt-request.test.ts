import { Readable } from 'node:stream';
import type { RequestInitWithCall } from '@conductor-ts/retry';
import { expect, test, vi } from 'vitest';
import {
  attemptInit,
  isReplayable,
  isUnbuildable,
  methodOf,
  originOf,
  urlOf,
  withAuthHeader,
} from '../src/attempt-request.ts';

const { signal } = new AbortController();
const URL_A = 'http://user:secret@a.test:81/x';

test.each([
  ['a plain object, in whatever spelling', { 'X-AUTHORIZATION': 'old', a: '1' }],
  [
    'pairs',
    [
      ['X-Authorization', 'old'],
      ['a', '1'],
    ] as [string, string][],
  ],
  ['Headers', new Headers({ 'x-authorization': 'old', a: '1' })],
])('the token replaces the one in %s and leaves the rest', (_form, headers) => {
  const init = attemptInit(URL_A, { headers }, signal, 'x-authorization', 'new');
  expect(Object.fromEntries(new Headers(init.headers))).toEqual({ a: '1', 'x-authorization': 'new' });
});

test('plain headers stay plain: no Headers is built', () => {
  const init = attemptInit(URL_A, { headers: { a: '1' } }, signal, 'x-authorization', 't');
  expect(init.headers).toEqual({ a: '1', 'x-authorization': 't' });
});

test('the headers of a Request are kept', () => {
  const request = new Request('http://a.test', { headers: { a: '1' } });
  const init = attemptInit(request, undefined, signal, 'x-authorization', 't');
  expect(Object.fromEntries(new Headers(init.headers))).toEqual({ a: '1', 'x-authorization': 't' });
});

test('each attempt gets an init of its own', () => {
  const given = { method: 'POST' };
  expect(attemptInit(URL_A, given, signal, 'x', undefined)).not.toBe(given);
});

test.each<[string, unknown, boolean]>([
  ['nothing', undefined, true],
  ['null', null, true],
  ['a string', 'x', true],
  ['bytes', Buffer.from('x'), true],
  ['a Blob', new Blob(['x']), true],
  ['form fields', new URLSearchParams(), true],
  ['form data', new FormData(), true],
  ['a web stream', new ReadableStream(), false],
  ['a Node stream', Readable.from(['x']), false],
  ['an async generator', (async function* () {})(), false],
])('%s as body', (_name, body, expected) => {
  expect(isReplayable(body)).toBe(expected);
});

test('the origin has no credentials in it, and a relative URL has one too', () => {
  expect([originOf(URL_A), originOf(new URL(URL_A)), originOf('/x')]).toEqual([
    'http://a.test:81',
    'http://a.test:81',
    'relative',
  ]);
});

test('the method is in capitals, and that of the init wins', () => {
  const request = new Request('http://a.test', { method: 'PUT' });
  expect([
    methodOf('x', undefined),
    methodOf('x', { method: 'post' }),
    methodOf(request, undefined),
    methodOf(request, { method: 'DELETE' }),
  ]).toEqual(['GET', 'POST', 'PUT', 'DELETE']);
});

test('streams of every make are sent once', () => {
  for (const body of [{ getReader() {} }, { pipe() {} }, { [Symbol.asyncIterator]() {} }])
    expect(isReplayable(body)).toBe(false);
});

test('the auth header takes the place of its own name only, in each form of headers', () => {
  const set = (headers: unknown): unknown =>
    withAuthHeader('http://a', { headers: headers as Record<string, string> }, 'x-auth', 'new');
  expect(set({ 'a-name': '1', 'X-Auth': 'old', b: '2' })).toEqual({ 'a-name': '1', b: '2', 'x-auth': 'new' });
  expect(set([['a-name', '1'], ['X-Auth', 'old'], []])).toEqual([['a-name', '1'], [], ['x-auth', 'new']]);
  const iterable = {
    *[Symbol.iterator]() {
      yield ['a-name', '1'];
    },
  };
  expect(Object.fromEntries(set(iterable) as Headers)).toEqual({ 'a-name': '1', 'x-auth': 'new' });
});

test('a request without a body can be built, and where there is no Request nobody can tell', () => {
  expect(isUnbuildable('http://a', { body: null })).toBe(false);
  expect(isUnbuildable('http://a', { body: 'x' })).toBe(true);
  vi.stubGlobal('Request', undefined);
  expect(isUnbuildable('nonsense')).toBe(false);
  vi.unstubAllGlobals();
});

test('the URL of an input is text', () => {
  expect(urlOf(new URL('http://a/b'))).toBe('http://a/b');
});

test('what else an init holds goes along with a call, and the call does not', () => {
  const init: RequestInitWithCall = {
    method: 'POST',
    redirect: 'manual',
    keepalive: true,
    call: { operation: 'x', replay: 'safe' },
  };
  expect(attemptInit(URL_A, init, signal, 'x-auth', undefined)).toEqual({
    method: 'POST',
    redirect: 'manual',
    keepalive: true,
    signal,
  });
});
