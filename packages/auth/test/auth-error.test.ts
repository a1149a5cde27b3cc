import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { AuthError, type AuthErrorCode } from '../src/index.ts';

test('an error of another copy of the package is an AuthError', async () => {
  // @ts-expect-error The query makes vitest load the file a second time.
  const copy = (await import('../src/auth-error.ts?copy')) as { AuthError: typeof AuthError };
  expect(copy.AuthError).not.toBe(AuthError);
  expect(new copy.AuthError('AUTH_STOPPED')).toBeInstanceOf(AuthError);
  expect(new AuthError('AUTH_STOPPED')).toBeInstanceOf(copy.AuthError);
});

test('other errors and values are not', () => {
  class Subclass extends AuthError {}
  expect(new Error('x')).not.toBeInstanceOf(AuthError);
  expect((null as unknown) instanceof AuthError).toBe(false);
  expect(new AuthError('AUTH_STOPPED')).not.toBeInstanceOf(Subclass);
  expect(new Subclass('AUTH_STOPPED')).toBeInstanceOf(Subclass);
  expect(new Subclass('AUTH_STOPPED')).toBeInstanceOf(AuthError);
});

test('its JSON holds what varies, and not the cause', () => {
  const error = new AuthError('AUTH_ENDPOINT_FAILED', { status: 503, failures: 2, cause: new Error('inner') });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'AuthError',
    code: 'AUTH_ENDPOINT_FAILED',
    message: 'The token endpoint answered with an error',
    hint: 'See `status`, `serverMessage` and the log of the server.',
    status: 503,
    failures: 2,
  });
  expect(error.cause).toMatchObject({ message: 'inner' });
});

test('what is not known is absent', () => {
  expect(Object.keys(new AuthError('AUTH_STOPPED'))).toEqual(['code', 'hint']);
  expect(inspect(new AuthError('AUTH_STOPPED'))).toMatch(/^AuthError: /);
});

test.each<AuthErrorCode>([
  'AUTH_CREDENTIALS_REJECTED',
  'AUTH_ENDPOINT_UNREACHABLE',
  'AUTH_ENDPOINT_TIMEOUT',
  'AUTH_ENDPOINT_FAILED',
  'AUTH_ENDPOINT_MISSING',
  'AUTH_REDIRECTED',
  'AUTH_ANSWER_INVALID',
  'AUTH_TOKEN_INVALID',
  'AUTH_PROVIDER_FAILED',
  'AUTH_STOPPED',
  'AUTH_OPTIONS_INVALID',
])('%s says in words what is wrong and what to do', (code) => {
  const { message, hint } = new AuthError(code);
  expect(message).toMatch(/^[A-Za-z()]+ .{20,}/);
  expect(hint).toMatch(/^[A-Z][a-z]+ .{20,}\.$/s);
  expect(new AuthError(code, { hint: 'Better.' }).hint).toBe('Better.');
});
