import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUsableToken } from '../src/check-token.ts';
import { requestToken } from '../src/request-token.ts';
import { createScrubber } from '../src/scrub-secrets.ts';

const SECRETS = ['my-key-id', 'my-secret'];

test.each([
  [400, 'credentials', 'AUTH_CREDENTIALS_REJECTED'],
  [401, 'credentials', 'AUTH_CREDENTIALS_REJECTED'],
  [403, 'credentials', 'AUTH_CREDENTIALS_REJECTED'],
  [404, 'no-endpoint', 'AUTH_ENDPOINT_MISSING'],
  [408, 'transient', 'AUTH_ENDPOINT_FAILED'],
  [425, 'transient', 'AUTH_ENDPOINT_FAILED'],
  [402, 'permanent', 'AUTH_ENDPOINT_FAILED'],
  [405, 'permanent', 'AUTH_ENDPOINT_FAILED'],
  [300, 'permanent', 'AUTH_REDIRECTED'],
  [302, 'permanent', 'AUTH_REDIRECTED'],
  [399, 'permanent', 'AUTH_REDIRECTED'],
  [429, 'transient', 'AUTH_ENDPOINT_FAILED'],
  [500, 'transient', 'AUTH_ENDPOINT_FAILED'],
  [503, 'transient', 'AUTH_ENDPOINT_FAILED'],
])('status %i is a failure of the kind %s', async (status, kind, code) => {
  expect(await ask(new Response('', { status }))).toMatchObject({ failure: { kind, code, status } });
});

test('a redirect that a browser has not followed, and does not show, is one', async () => {
  const opaque = { ok: false, status: 0, headers: new Headers(), body: null, text: async () => '' };
  expect(await ask(opaque as Response)).toMatchObject({ failure: { kind: 'permanent', code: 'AUTH_REDIRECTED' } });
});

test('a refusal that is no JSON makes the hint doubt that it came from Conductor', async () => {
  const outcome = await ask(new Response('<h1>400 Bad Request</h1>', { status: 400 }));
  expect(outcome).toMatchObject({ failure: { hint: expect.stringContaining('gateway') } });
  expect(await ask(Response.json({}, { status: 400 }))).not.toHaveProperty('failure.hint');
});

test('the Date header is the clock of the server; a bad one is none', async () => {
  const dated = Response.json({ token: 't' }, { headers: { date: 'Sun, 06 Nov 1994 08:49:37 GMT' } });
  expect(await ask(dated)).toEqual({ received: { token: 't', serverDateMs: 784_111_777_000 } });
  const bad = Response.json({ token: 't' }, { headers: { date: 'today' } });
  expect(await ask(bad)).toEqual({ received: { token: 't', serverDateMs: undefined } });
  expect(await ask(Response.json({ token: 't' }))).toEqual({ received: { token: 't', serverDateMs: undefined } });
});

test('characters that arrive in pieces are put together', async () => {
  const bytes = new TextEncoder().encode('{"message":"naïve","error":"X"}');
  const pieces = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await ask(new Response(pieces, { status: 500 }))).toMatchObject({ failure: { serverMessage: 'naïve' } });
});

test('a response that cannot stream is read all the same', async () => {
  const plain = { ok: true, status: 200, headers: new Headers(), text: async () => '{"token":"t"}' };
  expect(await ask(plain as Response)).toMatchObject({ received: { token: 't' } });
  const long = { ...plain, text: async () => `{"token":"t"}${' '.repeat(131_072)}` };
  expect(await ask(long as Response)).toMatchObject({ failure: { code: 'AUTH_ANSWER_INVALID' } });
});

test.each([
  ['HTML', '<html>Welcome</html>', 'AUTH_ANSWER_INVALID'],
  ['nothing', '', 'AUTH_ANSWER_INVALID'],
  ['null', 'null', 'AUTH_ANSWER_INVALID'],
  ['no token', '{"access_token":"x"}', 'AUTH_ANSWER_INVALID'],
  ['a token on the prototype', '{"__proto__":{"token":"x"}}', 'AUTH_ANSWER_INVALID'],
  ['an empty token', '{"token":""}', 'AUTH_TOKEN_INVALID'],
  ['a number', '{"token":5}', 'AUTH_TOKEN_INVALID'],
  ['null for a token', '{"token":null}', 'AUTH_TOKEN_INVALID'],
  ['a header injection', '{"token":"a\\r\\nx-admin: 1"}', 'AUTH_TOKEN_INVALID'],
  ['a token with a blank', '{"token":"a b"}', 'AUTH_TOKEN_INVALID'],
  ['a token of more than 64 KiB', JSON.stringify({ token: 'x'.repeat(65_537) }), 'AUTH_TOKEN_INVALID'],
  ['an answer of 1 MB', JSON.stringify({ token: 'x'.repeat(1e6) }), 'AUTH_ANSWER_INVALID'],
])('%s in a 200 answer is no token', async (_, body, code) => {
  expect(await ask(new Response(body))).toEqual({ failure: { kind: 'permanent', code, status: 200 } });
});

test('a token of 64 KiB is taken', async () => {
  const token = 'x'.repeat(65_536);
  expect(await ask(Response.json({ token }))).toMatchObject({ received: { token } });
});

test('the code and message of an error body are kept, without secrets and control characters', async () => {
  const body = { error: 'USER_NOT_FOUND', message: 'no user\r\nFAKE LINE for my-key-id with my-secret' };
  expect(await ask(Response.json(body, { status: 401 }))).toMatchObject({
    failure: { serverCode: 'USER_NOT_FOUND', serverMessage: 'no user FAKE LINE for [redacted] with [redacted]' },
  });
});

test('an error code that is a text, or too long, is not taken for a code', async () => {
  for (const error of ['two words', 'x'.repeat(65), 7, { a: 1 }]) {
    expect(await ask(Response.json({ error }, { status: 401 }))).toMatchObject({ failure: { serverCode: undefined } });
  }
});

test.each([
  ['3', 3_000],
  ['0', 0],
  ['999999999', 60_000],
])('Retry-After of %s is %i ms', async (header, retryAfterMs) => {
  const response = new Response('', { status: 503, headers: { 'retry-after': header } });
  expect(await ask(response)).toMatchObject({ failure: { retryAfterMs } });
});

test.each(['soon', '-1', '1.5', '3, 5', ''])('Retry-After of "%s" is ignored', async (header) => {
  const outcome = await ask(new Response('', { status: 503, headers: { 'retry-after': header } }));
  expect(outcome).not.toHaveProperty('failure.retryAfterMs');
});

test('a wrong certificate is not worth another attempt; a refused connection is', async () => {
  expect(await askFailing('DEPTH_ZERO_SELF_SIGNED_CERT')).toMatchObject({ failure: { kind: 'permanent' } });
  expect(await askFailing('CERT_HAS_EXPIRED')).toMatchObject({ failure: { kind: 'permanent' } });
  expect(await askFailing('ECONNREFUSED')).toMatchObject({ failure: { kind: 'transient' } });
});

test('whatever the body holds, the outcome is a usable token or a failure', async () => {
  const bodies = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.anything().map((token) => {
      try {
        return JSON.stringify({ token, error: token, message: token }) ?? '';
      } catch {
        return '';
      }
    }),
    fc.string().map((token) => JSON.stringify({ token })),
  );
  await fc.assert(
    fc.asyncProperty(bodies, fc.constantFrom(200, 400, 500), async (body, status) => {
      const outcome = await ask(new Response(body, { status }));
      expect('failure' in outcome || isUsableToken(outcome.received.token)).toBe(true);
    }),
  );
});

test('a fetch that says what to do about its failure is repeated, without secrets', async () => {
  const error = Object.assign(new Error('untrusted'), { hint: 'Give the CA, not my-secret.' });
  expect(await request(() => Promise.reject(error))).toMatchObject({
    failure: { code: 'AUTH_ENDPOINT_UNREACHABLE', hint: 'Give the CA, not [redacted].' },
  });
  expect(await askFailing('ECONNREFUSED')).not.toHaveProperty('failure.hint');
});

test('an error that calls itself permanent is believed', async () => {
  const fetch = (): Promise<Response> => Promise.reject(Object.assign(new Error('untrusted'), { permanent: true }));
  expect(await request(fetch)).toMatchObject({ failure: { kind: 'permanent' } });
});

function ask(response: Response): ReturnType<typeof requestToken> {
  return request(async () => response);
}

function askFailing(code: string): ReturnType<typeof requestToken> {
  const cause = Object.assign(new Error(code), { code });
  return request(() => Promise.reject(new TypeError('fetch failed', { cause })));
}

function request(fetch: () => Promise<Response>): ReturnType<typeof requestToken> {
  const [keyId = '', keySecret = ''] = SECRETS;
  const url = 'http://localhost/api/token';
  return requestToken(
    { fetch, url, keyId, keySecret, headers: {} },
    createScrubber(SECRETS),
    new AbortController().signal,
  );
}
