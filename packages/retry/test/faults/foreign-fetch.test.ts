import { type Call, type Fetch, type RetryFetchOptions, wrapFetchWithRetry } from '@conductor-ts/retry';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { scriptedFetch } from '../scripted-fetch.ts';

// An unhandled rejection fails the run: what comes when nobody waits any more is part of each of these tests.

const URL_A = 'http://a.test/x';
const start: Call = { operation: 'workflow.start', replay: 'unsafe' };
const enough = new Error('enough');

/** The response of a fetch that is built on node:http, such as node-fetch: its body is a stream of Node's. */
function nodeResponse(status: number, text: string): Response & { readonly body: Readable } {
  const body = Readable.from([Buffer.from(text)]);
  const headers = new Headers();
  const shape = { status, ok: status < 300, headers, bodyUsed: false, body, text: async () => text };
  const whole = {
    ...shape,
    clone: () => nodeResponse(status, text),
    arrayBuffer: async () => Buffer.from(text).buffer,
  };
  return whole as unknown as Response & { readonly body: Readable };
}

/** Answers only when told to, and does not listen to its signal. */
function lateFetch(): { readonly fetch: Fetch; readonly answer: (value: unknown) => void } {
  let answer: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((resolve) => {
    answer = resolve;
  });
  return { fetch: () => promise as Promise<Response>, answer };
}

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'ok'],
  ['something that throws when it is looked at', Object.defineProperty({}, 'bodyUsed', { get: () => fail() })],
])('an answer that comes after the abort and is %s ends nothing', async (_, late) => {
  const { fetch, answer } = lateFetch();
  const controller = new AbortController();
  const call = wrapFetchWithRetry(fetch)(URL_A, { method: 'POST', signal: controller.signal, call: { ...start } });
  controller.abort(enough);
  await expect(call).rejects.toBe(enough);
  answer(late);
  await aTurn();
});

test('an answer of node-fetch that comes after the abort is destroyed', async () => {
  const { fetch, answer } = lateFetch();
  const controller = new AbortController();
  const call = wrapFetchWithRetry(fetch)(URL_A, { signal: controller.signal });
  controller.abort(enough);
  await expect(call).rejects.toBe(enough);
  const late = nodeResponse(200, '{}');
  answer(late);
  await aTurn();
  expect(late.body.destroyed).toBe(true);
});

test('a 401 of node-fetch is handed back, and its body is whole', async () => {
  const fetch = (): Promise<Response> => Promise.resolve(nodeResponse(401, 'no'));
  const response = await wrapFetchWithRetry(fetch)(URL_A);
  expect(response.status).toBe(401);
  expect(await response.text()).toBe('no');
});

test('a 429 of node-fetch that is dropped is destroyed', async () => {
  const first = nodeResponse(429, 'later');
  const answers = [first, nodeResponse(200, 'ok')];
  const fetch = (): Promise<Response> => Promise.resolve(answers.shift() as Response);
  const response = await wrapFetchWithRetry(fetch, { sleep: async () => undefined })(URL_A);
  expect(await response.text()).toBe('ok');
  expect(first.body.destroyed).toBe(true);
});

test('the body of node-fetch stays what it is under a signal, and the listener goes when it is read', async () => {
  const answer = nodeResponse(200, 'ok');
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  const response = await wrapFetchWithRetry(() => Promise.resolve(answer))(URL_A, { signal: controller.signal });
  expect(response.body).toBe(answer.body);
  expect(removed).not.toHaveBeenCalled();
  expect(await response.text()).toBe('ok');
  expect(removed).toHaveBeenCalledOnce();
});

test.each([200, 401, 429])('a frozen response with status %i is handed out all the same', async (status) => {
  const answer = Object.freeze(new Response('text', { status, headers: { 'retry-after': '99999' } }));
  const { signal } = new AbortController();
  const response = await wrapFetchWithRetry(() => Promise.resolve(answer))(URL_A, { signal });
  expect(response).toBe(answer);
  expect(await response.text()).toBe('text');
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
])('a fetch that gives %s has failed, and the error is one', async (_, nothing) => {
  const fetch = vi.fn(() => Promise.resolve(nothing as Response));
  const calling = wrapFetchWithRetry(fetch, { sleep: async () => undefined });
  await expect(calling(URL_A)).rejects.toThrow(TypeError);
  expect(fetch).toHaveBeenCalledTimes(4);
  await expect(calling(URL_A, { method: 'POST' })).rejects.toMatchObject({ code: 'AMBIGUOUS_REQUEST' });
  expect(fetch).toHaveBeenCalledTimes(5);
});

test('a fetch that answers without a promise is waited for like any other', async () => {
  const fetch = (() => new Response('ok')) as unknown as Fetch;
  expect(await (await wrapFetchWithRetry(fetch)(URL_A)).text()).toBe('ok');
});

test('a Request of another package may have no signal', async () => {
  const request = { url: URL_A, method: 'GET', headers: new Headers(), body: null, signal: null };
  const fetch = scriptedFetch(new Response('ok'));
  expect((await wrapFetchWithRetry(fetch)(request as unknown as Request)).status).toBe(200);
});

test('a signal that gives no reason, as polyfills do, ends the call with an AbortError, before it and in it', async () => {
  const signal = Object.assign(new EventTarget(), { aborted: false }) as unknown as AbortSignal & { aborted: boolean };
  const never = wrapFetchWithRetry(() => new Promise(() => undefined));
  const call = never(URL_A, { signal });
  signal.aborted = true;
  signal.dispatchEvent(new Event('abort'));
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect(never(URL_A, { signal })).rejects.toMatchObject({ name: 'AbortError' });
});

test.each<[string, () => unknown]>([
  ['a value', () => null],
  ['a promise', async () => null],
])('a token source that gives null as %s has none: no header is sent', async (_, getToken) => {
  const tokens = { getToken, refreshToken: async () => undefined } as unknown as RetryFetchOptions['tokens'];
  const fetch = scriptedFetch(new Response());
  await wrapFetchWithRetry(fetch, { tokens })(URL_A);
  expect(fetch.sent[0]?.init?.headers).toBeUndefined();
});

function fail(): never {
  throw new Error('thrown on purpose');
}

test.each([
  [303, 'http://127.0.0.1:2/', 'ECONNREFUSED'],
  [307, 'http://127.0.0.1:2/', 'ECONNREFUSED'],
  [303, 'http://no-such-host.invalid/', 'ENOTFOUND'],
])(
  'a start that is answered %i, by a fetch that follows it to %s, was sent, though there nobody listens',
  async (status, location, code) => {
    let received = 0;
    const server = createServer((_request, response) => {
      received += 1;
      response.writeHead(status, { location }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const retrying = wrapFetchWithRetry(globalThis.fetch, { sleep: async () => undefined });
    const init = { method: 'POST', body: '{}', call: { ...start } };
    const error: unknown = await retrying(`http://127.0.0.1:${port}/`, init).catch((thrown: unknown) => thrown);
    server.close();
    server.closeAllConnections();
    expect(error).toMatchObject({ code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true });
    expect((error as Error).cause).toMatchObject({ cause: { code } });
    expect(received).toBe(1);
  },
);

test.each([
  [303, 429, 'a start', 1],
  [303, 401, 'a start', 1],
  [307, 429, 'a start', 1],
  [303, 429, 'a safe call', 2],
] as const)(
  '%i, by a fetch that follows it, to %i: %s is received %i times',
  async (redirect, status, kind, expected) => {
    let received = 0;
    const server = createServer((request, response) => {
      if (request.url !== '/there') {
        received += 1;
        return response.writeHead(redirect, { location: '/there' }).end();
      }
      return response.writeHead(received < 2 ? status : 200, { 'retry-after': '0' }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const tokens = { getToken: () => 'old', refreshToken: async () => 'new' };
    const retrying = wrapFetchWithRetry(globalThis.fetch, { sleep: async () => undefined, tokens });
    const call: Call = { ...start, replay: kind === 'a start' ? start.replay : 'safe' };
    const answer = await retrying(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}', call });
    server.close();
    server.closeAllConnections();
    expect(answer.status).toBe(kind === 'a start' ? status : 200);
    expect(received).toBe(expected);
  },
);
