import { expect, test } from 'vitest';
import { InvalidRequestError } from '../../src/errors/invalid-request-error.ts';
import { buildHeaders } from '../../src/runtime/build-headers.ts';
import { anOperation } from '../operations.ts';

const start = anOperation({ headerParams: ['X-Idempotency-key', 'waitForSeconds'] });

test('names are in lower case, values are text', () => {
  expect(buildHeaders(start, { waitForSeconds: 3 }, 'application/json', undefined, { 'X-Trace': 'a' })).toEqual({
    accept: '*/*',
    'content-type': 'application/json',
    waitforseconds: '3',
    'x-trace': 'a',
  });
});

test('headers of the call win over those made here, in any spelling', () => {
  expect(
    buildHeaders(start, {}, 'application/json', { 'Content-Type': 'application/vnd.x+json' }, undefined),
  ).toMatchObject({
    'content-type': 'application/vnd.x+json',
  });
});

test('null takes a header out', () => {
  expect(buildHeaders(start, {}, 'application/json', undefined, { 'Content-Type': null })).toEqual({ accept: '*/*' });
});

test.each(['a\r\nX-Evil: 1', 'a\nb', 'a\0b', 'snow ☃'])('the value %j is refused before anything is sent', (value) => {
  expect(() => buildHeaders(start, { 'X-Idempotency-key': value }, undefined, undefined, undefined)).toThrow(
    InvalidRequestError,
  );
});

test('a name with a line break is refused', () => {
  expect(() => buildHeaders(start, {}, undefined, undefined, { 'a\r\nb': 'x' })).toThrow(InvalidRequestError);
});
