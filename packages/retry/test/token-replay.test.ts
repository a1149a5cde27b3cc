import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call, TokenSource } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { refused, scriptedFetch } from './scripted-fetch.ts';

const URL_A = 'http://a.test/x';
const call: Call = { operation: 'workflow.start', replay: 'unsafe', idempotencyKey: 'k' };

test('a refused token is renewed once and the call replayed with everything it had', async () => {
  const fetch = scriptedFetch(rejected(401, 'EXPIRED_TOKEN'), ok());
  const tokens = tokenSource('old', 'new');
  const headers = { 'Content-Type': 'application/json', 'X-Idempotency-key': 'k' };
  const response = await wrapFetchWithRetry(fetch, { tokens })(URL_A, {
    method: 'POST',
    headers,
    body: '{}',
    call: { ...call },
  });
  expect(response.status).toBe(200);
  expect(fetch.sent.map(({ init }) => [init?.method, init?.body, init?.headers])).toEqual([
    ['POST', '{}', { ...headers, 'x-authorization': 'old' }],
    ['POST', '{}', { ...headers, 'x-authorization': 'new' }],
  ]);
  expect(tokens.asked).toEqual(['old']);
});

test('a token refused again is not renewed again: the 401 is handed out, body and all', async () => {
  const fetch = scriptedFetch(rejected(401, 'INVALID_TOKEN'));
  const tokens = tokenSource('old', 'new');
  const response = await wrapFetchWithRetry(fetch, { tokens })(URL_A);
  expect([response.status, await response.json(), fetch.sent.length]).toEqual([401, { error: 'INVALID_TOKEN' }, 2]);
  expect(tokens.asked).toEqual(['old']);
});

test.each([
  [401, undefined, 1],
  [401, 'USER_DISABLED', 0],
  [403, 'EXPIRED_TOKEN', 1],
  [403, undefined, 0],
  [403, 'FORBIDDEN', 0],
])('%i with the code %s asks for a token %i times', async (status, code, times) => {
  for (const init of [{}, { call: { ...call } }]) {
    const tokens = tokenSource('old', 'new');
    await wrapFetchWithRetry(scriptedFetch(rejected(status, code)), { tokens })(URL_A, init);
    expect(tokens.asked).toHaveLength(times);
  }
});

test('a 401 of plain HTML is about the token', async () => {
  const tokens = tokenSource('old', 'new');
  const html = new Response('<html>', { status: 401 });
  expect((await wrapFetchWithRetry(scriptedFetch(html, ok()), { tokens })(URL_A)).status).toBe(200);
});

test.each([
  ['the same token', 'old'],
  ['none', undefined],
])('when %s comes back, the 401 is handed out', async (_what, fresh) => {
  const fetch = scriptedFetch(rejected(401));
  const response = await wrapFetchWithRetry(fetch, { tokens: tokenSource('old', fresh) })(URL_A);
  expect([response.status, fetch.sent.length]).toEqual([401, 1]);
});

test('when the refresh fails, the 401 is handed out', async () => {
  const tokens: TokenSource = { getToken: () => 'old', refreshToken: () => Promise.reject(new Error('down')) };
  expect((await wrapFetchWithRetry(scriptedFetch(rejected(401)), { tokens })(URL_A)).status).toBe(401);
});

test('a 401 to a call that carried no token asks for one, once', async () => {
  const tokens = tokenSource(undefined, 'new');
  const fetch = scriptedFetch(rejected(401));
  const response = await wrapFetchWithRetry(fetch, { tokens })(URL_A);
  expect(response.status).toBe(401);
  expect(fetch.sent.map(({ init }) => init?.headers)).toEqual([undefined, { 'x-authorization': 'new' }]);
  expect(tokens.asked).toEqual(['']);
});

test('a 401 to a call that carried no token is handed out where there is none to be had', async () => {
  const tokens = tokenSource(undefined, undefined);
  const fetch = scriptedFetch(rejected(401));
  const response = await wrapFetchWithRetry(fetch, { tokens })(URL_A);
  expect([response.status, fetch.sent.length, tokens.asked]).toEqual([401, 1, ['']]);
});

test('a call with retries off is still replayed with a fresh token', async () => {
  const fetch = scriptedFetch(rejected(401), ok());
  const response = await wrapFetchWithRetry(fetch, { tokens: tokenSource('old', 'new') })(URL_A, {
    call: { ...call, retry: false },
  });
  expect(response.status).toBe(200);
});

test('retries go on after the replay, and the replay counts as none of them', async () => {
  const fetch = scriptedFetch(rejected(401), new Response(null, { status: 429 }), refused(), ok());
  const time = fakeTime();
  const response = await wrapFetchWithRetry(fetch, { ...time, tokens: tokenSource('old', 'new') })(URL_A);
  expect([response.status, time.sleeps]).toEqual([200, [1_000, 1_000]]);
  expect(fetch.sent.slice(1).map(({ init }) => init?.headers)).toEqual(
    [1, 2, 3].map(() => ({ 'x-authorization': 'new' })),
  );
});

test('onAuthFailure gives the token where there is no token source', async () => {
  const fetch = scriptedFetch(rejected(401), ok());
  const onAuthFailure = async (): Promise<string> => 'new';
  const response = await wrapFetchWithRetry(fetch, { onAuthFailure })(URL_A, {
    headers: { 'X-Authorization': 'old', a: '1' },
  });
  expect(response.status).toBe(200);
  expect(fetch.sent[1]?.init?.headers).toEqual({ a: '1', 'x-authorization': 'new' });
});

test('a token that runs out while the call backs off is renewed as well', async () => {
  const { sleep } = fakeTime();
  const fetch = scriptedFetch(rejected(401), refused(), rejected(401), ok());
  const tokens = tokenSource('first', 'second', 'third');
  const response = await wrapFetchWithRetry(fetch, { tokens, sleep })(URL_A);
  expect(response.status).toBe(200);
  expect(tokens.asked).toEqual(['first', 'second']);
});

test('a stream as body is not replayed, but the token is renewed for the next call', async () => {
  const fetch = scriptedFetch(rejected(401), ok());
  const tokens = tokenSource('old', 'new');
  const response = await wrapFetchWithRetry(fetch, { tokens })(URL_A, { method: 'POST', body: new ReadableStream() });
  expect([response.status, fetch.sent.length, tokens.asked]).toEqual([401, 1, ['old']]);
});

test('a token that has to be waited for is waited for, and its failure is the failure of the call', async () => {
  const fetch = scriptedFetch(ok());
  const slow: TokenSource = { getToken: async () => 't', refreshToken: () => undefined };
  await wrapFetchWithRetry(fetch, { tokens: slow, authHeader: 'Authorization' })(URL_A);
  expect(fetch.sent[0]?.init?.headers).toEqual({ authorization: 't' });
  const error = new Error('wrong secret');
  const failing: TokenSource = { getToken: () => Promise.reject(error), refreshToken: () => undefined };
  await expect(wrapFetchWithRetry(fetch, { tokens: failing })(URL_A)).rejects.toBe(error);
});

test('an error body of any size costs a bounded read', async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(16_384));
    },
  });
  const fetch = scriptedFetch(() => new Response(endless, { status: 401 }), ok());
  const response = await wrapFetchWithRetry(fetch, { tokens: tokenSource('old', 'new') })(URL_A);
  expect(response.status).toBe(200);
  expect(pulled).toBeLessThan(50);
});

function ok(): Response {
  return new Response('{}');
}

function rejected(status: number, error?: string): Response {
  return new Response(JSON.stringify({ error }), { status });
}

/** Gives `current` until that is refused, then the fresh ones in turn; the last one stays. */
function tokenSource(
  current: string | undefined,
  ...fresh: (string | undefined)[]
): TokenSource & { readonly asked: string[] } {
  const asked: string[] = [];
  let held = current;
  return {
    asked,
    getToken: () => held,
    refreshToken: async (rejected) => {
      asked.push(rejected);
      const next = fresh.length > 1 ? fresh.shift() : fresh[0];
      held = next ?? held;
      return next;
    },
  };
}

test('where nobody can be asked for a token, a 401 is handed out and the log says nothing of tokens', async () => {
  const lines: string[] = [];
  const line = (message: string): void => void lines.push(message);
  const logger = { debug: line, info: line, warn: line };
  expect((await wrapFetchWithRetry(scriptedFetch(rejected(401)), { logger })(URL_A)).status).toBe(401);
  expect(lines).toEqual([]);
});
