import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../src/error-codes.ts';
import { ownCopy } from '../src/own-copy.ts';
import { ProxyAuthError } from '../src/proxy-auth-error.ts';
import { TransportError } from '../src/transport-error.ts';

test('the message belongs to the code; what varies are fields', () => {
  const one = new TransportError('CONNECT_REFUSED', {
    origin: 'http://a.test',
    addresses: ['127.0.0.1:1 ECONNREFUSED'],
  });
  expect(one.message).toBe(ERROR_CODES.CONNECT_REFUSED[0]);
  expect(one).toMatchObject({ name: 'TransportError', requestSent: false, permanent: false, origin: 'http://a.test' });
});

test('toJSON has the fields and no cause', () => {
  const json = JSON.parse(
    JSON.stringify(new TransportError('STREAM_RESET', { cause: new Error('x'), http2Code: 8 })),
  ) as object;
  expect(json).toEqual({
    name: 'TransportError',
    code: 'STREAM_RESET',
    message: ERROR_CODES.STREAM_RESET[0],
    requestSent: 'unknown',
    permanent: false,
    hint: ERROR_CODES.STREAM_RESET[1],
    http2Code: 8,
  });
});

test('an inspected error stays small, whatever its cause holds', () => {
  const cause = Object.assign(new Error('bad certificate'), { code: 'X', cert: { raw: Buffer.alloc(100_000) } });
  const text = inspect(new TransportError('TLS_UNTRUSTED', { cause }), { depth: null, showHidden: true });
  expect(text).toContain('X bad certificate');
  expect(text.length).toBeLessThan(4_000);
});

test('an error of another copy of the package is an instance by name', async () => {
  const secondCopy: string = '../src/proxy-auth-error.ts?copy';
  const copy = (await import(secondCopy)) as { readonly ProxyAuthError: typeof ProxyAuthError };
  expect(copy.ProxyAuthError).not.toBe(ProxyAuthError);
  const theirs = new copy.ProxyAuthError();
  expect(theirs).toBeInstanceOf(ProxyAuthError);
  expect(theirs).toBeInstanceOf(TransportError);
  expect(new TransportError('CLOSED')).not.toBeInstanceOf(copy.ProxyAuthError);
});

test("a user's subclass is told by its prototype", () => {
  class Mine extends TransportError {}
  expect(new Mine('CLOSED')).toBeInstanceOf(Mine);
  expect(new Mine('CLOSED')).toBeInstanceOf(TransportError);
  expect(new TransportError('CLOSED')).not.toBeInstanceOf(Mine);
});

test('a copy of an error is equal and another object', () => {
  const error = new ProxyAuthError({ origin: 'http://a.test', status: 407, cause: new Error('x') });
  const copy = ownCopy(error);
  expect(copy).not.toBe(error);
  expect(copy).toBeInstanceOf(ProxyAuthError);
  expect(copy.toJSON()).toEqual(error.toJSON());
  expect(copy.cause).toBe(error.cause);
});
