import { wrapFetchWithRetry } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from './fake-time.ts';
import { refused, scriptedFetch } from './scripted-fetch.ts';

const request = (): Request => new Request('http://a.test/x', { method: 'PUT', body: 'of the request' });

test('the body of a Request goes out in every attempt', async () => {
  const fetch = scriptedFetch(refused(), new Response());
  await wrapFetchWithRetry(fetch, fakeTime())(request());
  const bodies = fetch.sent.map(({ init }) => new TextDecoder().decode(init?.body as ArrayBuffer));
  expect(bodies).toEqual(['of the request', 'of the request']);
});

test('the body of the init wins over that of the Request, which stays unread', async () => {
  const fetch = scriptedFetch(refused(), new Response());
  const input = request();
  await wrapFetchWithRetry(fetch, fakeTime())(input, { body: 'of the init' });
  expect(fetch.sent.map(({ init }) => init?.body)).toEqual(['of the init', 'of the init']);
  expect(input.bodyUsed).toBe(false);
});

test.each([{ body: null }, {}, undefined])('with the init %j the Request keeps its own body', async (init) => {
  const fetch = scriptedFetch(new Response());
  await wrapFetchWithRetry(fetch, fakeTime())(request(), init);
  expect(new TextDecoder().decode(fetch.sent[0]?.init?.body as ArrayBuffer)).toBe('of the request');
});

test('a Request without a body gets none', async () => {
  const fetch = scriptedFetch(new Response());
  await wrapFetchWithRetry(fetch, fakeTime())(new Request('http://a.test/x'));
  expect(fetch.sent[0]?.init).not.toHaveProperty('body');
});

test('a Request whose body never ends is bounded by the time of an attempt', async () => {
  const stuck = new Request('http://a.test/x', { method: 'PUT', body: new ReadableStream(), duplex: 'half' });
  const fetch = scriptedFetch(new Response());
  await expect(wrapFetchWithRetry(fetch, { requestTimeoutMs: 20 })(stuck)).rejects.toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    mayHaveBeenProcessed: false,
  });
  expect(fetch.sent).toEqual([]);
});
