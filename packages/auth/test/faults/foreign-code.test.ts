import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createTokenManager, type TokenManagerOptions } from '../../src/index.ts';

// An unhandled rejection fails the run: that none of these functions can cause one is part of each test.

const KEY = { serverUrl: 'http://127.0.0.1:9', keyId: 'my-key-id', keySecret: 'my-secret' };
const giveToken = (): Promise<Response> => Promise.resolve(Response.json({ token: 'token-1' }));

/** The time limit of an attempt is out of reach: what ends by it here has not ended by itself. */
function ask(options: TokenManagerOptions): Promise<unknown> {
  const tokens = createTokenManager({
    ...KEY,
    initialTokenTimeoutMs: 900_000,
    tokenRequestTimeoutMs: 900_000,
    ...options,
  });
  return Promise.resolve(tokens.getToken());
}

test('a response whose body is a stream of Node’s, as node-fetch gives it, is read', async () => {
  const body = Readable.from(['not read this way']);
  const text = async (): Promise<string> => '{"token":"token-1"}';
  const response = { ok: true, status: 200, headers: new Headers(), body, text } as unknown as Response;
  expect(await ask({ fetch: async () => response })).toBe('token-1');
});

test.each<[string, unknown]>([
  ['null', null],
  ['a number', 12_345],
  ['a symbol', Symbol('x')],
])('an extra header that is %s is the business of the fetch', async (_, value) => {
  const extraHeaders = { 'x-gateway': value } as unknown as Record<string, string>;
  expect(await ask({ fetch: giveToken, extraHeaders })).toBe('token-1');
});

test.each<[string, object]>([
  ['holds the secret and has no name', Object.assign(new Error('my-secret'), { name: undefined })],
  ['holds the secret and a message that is no text', Object.assign(new Error(), { message: { body: 'my-secret' } })],
  ['throws when it is searched', new Proxy({}, { ownKeys: () => fail(), has: () => fail(), get: () => fail() })],
  ['throws when its hint is read', Object.defineProperty(new Error('x'), 'hint', { get: () => fail() })],
])('a fetch that rejects with what %s is a failed attempt', async (_, reason) => {
  const fetch = (): Promise<Response> => Promise.reject(reason);
  const failed = ask({ fetch, initialTokenTimeoutMs: 1 });
  await expect(failed).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_UNREACHABLE' });
});

test('a token function that throws what cannot be looked at has failed', async () => {
  const reason = new Proxy(new Error('x'), { ownKeys: () => fail(), getPrototypeOf: () => fail() });
  const asked = Promise.resolve(createTokenManager({ token: () => Promise.reject(reason) }).getToken());
  const error = (await asked.catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code: 'AUTH_PROVIDER_FAILED' });
  expect(error.cause).toBeUndefined();
});

function fail(): never {
  throw new Error('thrown on purpose');
}
