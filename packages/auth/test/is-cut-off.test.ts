import { expect, test } from 'vitest';
import { isCutOff } from '../src/is-cut-off.ts';

const failed = (cause: unknown): Error => new TypeError('fetch failed', { cause });
const withCode = (code: string): Error => Object.assign(new Error(code), { code });

test.each([
  ['the code of a reset', withCode('ECONNRESET')],
  ['one that stands under a fetch that failed', failed(withCode('UND_ERR_SOCKET'))],
  ['a write into a connection that is gone', failed(withCode('EPIPE'))],
  ['a transport that does not know whether it was sent', Object.assign(new Error('lost'), { requestSent: 'unknown' })],
])('a lost connection is known by %s', (_, error) => {
  expect(isCutOff(error)).toBe(true);
});

test.each([
  ['nobody listens', failed(withCode('ECONNREFUSED'))],
  ['the transport has sent nothing', Object.assign(withCode('ECONNRESET'), { requestSent: false })],
  ['it will happen again', Object.assign(new Error('too large'), { requestSent: true, permanent: true })],
  ['the reason is no error', 'ECONNRESET'],
  ['there is none', undefined],
])('it is not one where %s', (_, error) => {
  expect(isCutOff(error)).toBe(false);
});

test('a chain of causes without an end is left', () => {
  const error: Error & { cause?: unknown } = new Error('circle');
  error.cause = error;
  expect(isCutOff(error)).toBe(false);
});
