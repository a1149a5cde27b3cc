import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { checkClientOptions } from '../src/check-client-options.ts';
import { ConfigError, createConductorClient, noopLogger } from '../src/index.ts';

test.each([
  ['tokens', 'abc', 'a token manager, or an object with getToken and refreshToken'],
  ['tokens', { getToken: () => 'a' }, 'a token manager'],
  ['signal', 'x', 'an AbortSignal'],
  ['initialTokenTimeoutMs', '5s', 'a number of milliseconds'],
  ['initialTokenTimeoutMs', -1, 'a number of milliseconds'],
  ['retry', 3, 'an object of retry options'],
  ['middleware', {}, 'a function: (next) => (call) => next(call)'],
  ['parseJson', 'x', 'a function that gives the value of a text'],
])('%s: %o is refused when the client is made', async (name, value, expected) => {
  const made = createConductorClient({ useEnvVars: false }, undefined, { [name]: value });
  await expect(made).rejects.toBeInstanceOf(ConfigError);
  await expect(made).rejects.toMatchObject({
    message: expect.stringContaining(`${name}: it has the wrong type. Give ${expected}`) as unknown,
  });
});

test('all that is wrong is told at once', () => {
  expect(() => checkClientOptions({ retry: 1, parseJson: 2 })).toThrow(/retry: .*\nparseJson: /);
});

test('options that are no object are refused', () => {
  expect(() => checkClientOptions('x')).toThrow('options: it has the wrong type. Give an object');
});

test('null is nothing given, for the whole and for each', async () => {
  const none = { tokens: null, signal: null, retry: null, middleware: null, parseJson: null };
  expect(checkClientOptions(null)).toEqual({});
  expect(checkClientOptions(none)).toEqual({});
  await using server = await startConductorServer();
  const config = { serverUrl: server.url, useEnvVars: false, logger: noopLogger };
  await using client = await createConductorClient(config, undefined, none as never);
  expect(await client.metadata.getTaskDefs()).toEqual([]);
});

test('a retry option of the wrong kind is an error of the configuration that names it', async () => {
  const made = createConductorClient({ useEnvVars: false }, undefined, { retry: { maxTransportRetries: -1 } });
  await expect(made).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('maxTransportRetries must be a whole number') as unknown,
  });
});

test('middleware that gives no function is refused when the client is made', async () => {
  const made = createConductorClient({ useEnvVars: false }, undefined, { middleware: () => undefined as never });
  await expect(made).rejects.toThrow('middleware gave no function: it is (next) => (call) => next(call).');
});
