import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createTokenManager, type TokenManager, type TokenManagerOptions } from '../src/index.ts';
import { giveToken, jwt, sendJson, startTokenServer } from './token-server.ts';
import { untilIdle, virtualClock } from './virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('the token request carries key id and secret, and no auth header', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  expect(await tokens.getToken()).toBe('token-1');
  expect(server.requests).toMatchObject([{ method: 'POST', path: '/api/token', body: JSON.stringify(KEY) }]);
  expect(server.requests[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(Object.keys(server.requests[0]?.headers ?? {})).not.toContain('x-authorization');
});

test('a refresh does not carry the old token either', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await tokens.refreshToken((await tokens.getToken()) ?? '');
  expect(JSON.stringify(server.requests)).not.toContain('token-1');
});

test('a fresh token is a value, not a promise', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await tokens.getToken();
  expect(tokens.getToken()).toBe('token-1');
});

test('what is fresh can be asked for without a wait, and asking fetches nothing', async () => {
  await using server = await startTokenServer();
  const { clock, tokens } = await started({ serverUrl: server.url });
  expect(tokens.freshToken()).toBe('token-1');
  clock.advance(2_160_000);
  expect(tokens.freshToken()).toBeUndefined();
  tokens.stopBackgroundRefresh();
  expect(server.requests).toHaveLength(1);
});

test('a token that is due is still a value while the next one is fetched', async () => {
  await using server = await startTokenServer();
  const { clock, tokens } = await started({ serverUrl: server.url });
  clock.advance(2_160_000);
  expect(tokens.getToken()).toBe('token-1');
  await untilIdle(tokens);
  expect(tokens.getToken()).toBe('token-2');
  tokens.stopBackgroundRefresh();
});

test('callers that find an expired token share one attempt', async () => {
  await using server = await startTokenServer();
  const { clock, tokens } = await started({ serverUrl: server.url });
  clock.advance(2_700_000);
  const got = await Promise.all(Array.from({ length: 200 }, async () => tokens.getToken()));
  expect(new Set(got)).toEqual(new Set(['token-2']));
  expect(tokens.stats()).toMatchObject({ mints: 2, attempts: 2 });
  tokens.stopBackgroundRefresh();
});

test('a limit that has passed ends the wait also where the clock stands still', async () => {
  const never = new Promise<Response>(() => undefined);
  const tokens = createTokenManager({
    serverUrl: 'http://127.0.0.1:1',
    ...KEY,
    fetch: () => never,
    monotonic: () => 0,
    initialTokenTimeoutMs: 20,
  });
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_TIMEOUT' });
});

test('who gives up in a pause hears so also where the pause does not', async () => {
  await using server = await startTokenServer((request) => sendJson(request, 503, {}));
  const giveUp = new AbortController();
  const reason = new Error('enough');
  const tokens = createTokenManager({
    serverUrl: server.url,
    ...KEY,
    sleep: async () => giveUp.abort(reason),
  });
  await expect(tokens.getToken(giveUp.signal)).rejects.toBe(reason);
});

test('one manager shared by 50 clients mints once', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await Promise.all(Array.from({ length: 50 }, () => tokens.start()));
  expect(server.requests).toHaveLength(1);
  tokens.stopBackgroundRefresh();
});

test('two managers never exchange tokens', async () => {
  await using one = await startTokenServer();
  await using other = await startTokenServer((response) => sendJson(response, 200, { token: 'other' }));
  const a = createTokenManager({ serverUrl: one.url, ...KEY });
  const b = createTokenManager({ serverUrl: other.url, ...KEY });
  expect(await Promise.all([a.getToken(), b.getToken()])).toEqual(['token-1', 'other']);
});

test('start tells the kind of the server', async () => {
  await using orkes = await startTokenServer();
  await using oss = await startTokenServer((response) => sendJson(response, 404, {}));
  const tokens = createTokenManager({ serverUrl: orkes.url, ...KEY });
  expect(tokens.mode).toBe('unknown');
  expect(await tokens.start()).toBe('orkes');
  expect(await createTokenManager({ serverUrl: oss.url, ...KEY }).start()).toBe('oss');
  tokens.stopBackgroundRefresh();
});

test('the background refresh fetches a token ahead of its end, without any call', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  try {
    let n = 0;
    const tokens = createTokenManager({
      ...KEY,
      serverUrl: 'http://x',
      fetch: async () => Response.json({ token: `t${++n}` }),
      random: () => 0.5,
    });
    await tokens.start();
    await vi.advanceTimersByTimeAsync(2_159_000);
    expect(n).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(n).toBe(2);
    tokens.stopBackgroundRefresh();
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(n).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('the background refresh notices within 30 seconds that the machine has slept', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  try {
    let n = 0;
    const tokens = createTokenManager({
      ...KEY,
      serverUrl: 'http://x',
      fetch: async () => Response.json({ token: `t${++n}` }),
    });
    await tokens.start();
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(n).toBe(2);
    tokens.stopBackgroundRefresh();
  } finally {
    vi.useRealTimers();
  }
});

test('an interval of 0 means no background refresh', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  try {
    const tokens = createTokenManager({
      ...KEY,
      serverUrl: 'http://x',
      fetch: async () => Response.json({ token: 't' }),
      refreshTokenInterval: 0,
    });
    await tokens.start();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('after a stop, tokens are still had and refreshed on demand', async () => {
  await using server = await startTokenServer();
  const { clock, tokens } = await started({ serverUrl: server.url });
  tokens.stopBackgroundRefresh();
  tokens.stopBackgroundRefresh();
  expect(tokens.getToken()).toBe('token-1');
  expect(await tokens.refreshToken('token-1')).toBe('token-2');
  clock.advance(2_700_000);
  expect(await tokens.getToken()).toBe('token-3');
});

test('a stop ends a start that waits for its next attempt', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 503, {}));
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const starting = tokens.start();
  await server.received(1);
  await untilIdle(tokens);
  tokens.stopBackgroundRefresh();
  await expect(starting).rejects.toMatchObject({ code: 'AUTH_STOPPED' });
});

test('a stop ends an attempt that nobody waits for, and no other', async () => {
  await using server = await startTokenServer();
  const { clock, tokens } = await started({ serverUrl: server.url });
  server.answer = () => {};
  clock.advance(2_160_000);
  void tokens.getToken();
  await server.received(2);
  tokens.stopBackgroundRefresh();
  await untilIdle(tokens);
  server.answer = (response) => void setTimeout(giveToken, 20, response, 9);
  const waiting = tokens.refreshToken('token-1');
  tokens.stopBackgroundRefresh();
  expect(await waiting).toBe('token-9');
});

test('extra headers go with the token request, from a value or from a function', async () => {
  await using server = await startTokenServer();
  const values = createTokenManager({ serverUrl: server.url, ...KEY, extraHeaders: { 'x-tenant': 'a' } });
  const made = createTokenManager({ serverUrl: server.url, ...KEY, extraHeaders: async () => ({ 'x-tenant': 'b' }) });
  await values.getToken();
  await made.getToken();
  expect(server.requests.map(({ headers }) => headers['x-tenant'])).toEqual(['a', 'b']);
});

test('an extra header replaces none of ours, however it is spelt', async () => {
  await using server = await startTokenServer();
  const extraHeaders = { 'Content-Type': 'text/plain', ACCEPT: 'text/html' };
  await createTokenManager({ serverUrl: server.url, ...KEY, extraHeaders }).getToken();
  expect(server.requests[0]?.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
});

test.each([undefined, null])('an extraHeaders function that returns %s is reported as such', async (value) => {
  const tokens = createTokenManager({ serverUrl: 'http://localhost', ...KEY, extraHeaders: () => value as never });
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AUTH_PROVIDER_FAILED' });
});

test('a fetch that returns no response is a failure like any other', async () => {
  const fetch = (): Promise<Response> => Promise.resolve(undefined as unknown as Response);
  const tokens = createTokenManager({ serverUrl: 'http://localhost', ...KEY, fetch, ...virtualClock().options });
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_UNREACHABLE' });
});

test('a token function is called once per expiry, and once after a refusal', async () => {
  const clock = virtualClock();
  const token = vi.fn(async () => ({ token: `own-${token.mock.calls.length}`, expiresAt: clock.wallMs + 300_000 }));
  const tokens = createTokenManager({ token, ...clock.options });
  for (let i = 0; i < 10; i++) expect(await tokens.getToken()).toBe('own-1');
  clock.advance(300_000);
  for (let i = 0; i < 10; i++) expect(await tokens.getToken()).toBe('own-2');
  for (let i = 0; i < 10; i++) expect(await tokens.refreshToken('own-2')).toBe('own-3');
  expect(token).toHaveBeenCalledTimes(3);
  expect(tokens.mode).toBe('unknown');
});

test('a token function may leave the expiry to the exp of its JWT', async () => {
  const clock = virtualClock();
  const token = vi.fn(() => jwt({ exp: clock.wallMs / 1_000 + 7_200, n: token.mock.calls.length }));
  const tokens = createTokenManager({ token, ...clock.options });
  await tokens.getToken();
  clock.advance(5_000_000);
  await tokens.getToken();
  expect(token).toHaveBeenCalledTimes(1);
  clock.advance(2_200_000);
  await tokens.getToken();
  expect(token).toHaveBeenCalledTimes(2);
});

test('a fixed token is used as it is, and a refusal of it is handed back', async () => {
  const clock = virtualClock();
  const tokens = createTokenManager({ token: 'fixed', ...clock.options });
  expect(await tokens.start()).toBe('unknown');
  clock.advance(1e9);
  expect(tokens.getToken()).toBe('fixed');
  expect(await tokens.refreshToken('fixed')).toBeUndefined();
  expect(await tokens.getToken()).toBe('fixed');
  tokens.stopBackgroundRefresh();
});

test('what a token function throws is the cause of the error, at once', async () => {
  const thrown = new Error('vault is sealed');
  const tokens = createTokenManager({ token: () => Promise.reject(thrown) });
  await expect(tokens.start()).rejects.toMatchObject({ code: 'AUTH_PROVIDER_FAILED', cause: thrown });
});

test.each([
  undefined,
  5,
  '',
  'a b',
  { token: '' },
  { token: 'x', expiresAt: 1_800_000_000 },
  { token: 'x', expiresAt: Number.NaN },
])('a token function that returns %j is told so', async (value) => {
  const tokens = createTokenManager({ token: () => value as string });
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AUTH_TOKEN_INVALID' });
});

test('an extraHeaders function that throws is reported as such', async () => {
  const tokens = createTokenManager({
    serverUrl: 'http://localhost',
    ...KEY,
    extraHeaders: () => Promise.reject(new Error(`cannot sign with ${KEY.keySecret}`)),
  });
  await expect(tokens.getToken()).rejects.toMatchObject({
    code: 'AUTH_PROVIDER_FAILED',
    cause: { message: 'cannot sign with [redacted]' },
  });
});

test('a logger that throws, at once or later, breaks nothing', async () => {
  await using server = await startTokenServer();
  const fail = (): never => {
    throw new Error('disk full');
  };
  const failLater = async (): Promise<never> => fail();
  for (const debug of [fail, failLater]) {
    const logger = { debug, info: fail, warn: fail, error: fail };
    expect(await createTokenManager({ serverUrl: server.url, ...KEY, logger }).getToken()).toMatch(/^token-/);
  }
  // A rejection that nobody handles would fail the run.
  await setImmediate();
});

test('its functions work apart from it, and it shows neither key nor token', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const { getToken } = tokens;
  await getToken();
  for (const shown of [inspect(tokens, { depth: null, showHidden: true, getters: true }), JSON.stringify(tokens)]) {
    expect(shown).not.toMatch(/my-|token-1/);
  }
});

async function started(
  options: TokenManagerOptions,
): Promise<{ clock: ReturnType<typeof virtualClock>; tokens: TokenManager }> {
  const clock = virtualClock();
  const tokens = createTokenManager({ ...KEY, ...clock.options, ...options });
  await tokens.start();
  return { clock, tokens };
}

test("a signal that is not the platform's, without reason and throwIfAborted, ends a start all the same", async () => {
  await using server = await startTokenServer(() => undefined);
  for (const when of ['before', 'meanwhile']) {
    const signal = Object.assign(new EventTarget(), { aborted: when === 'before' });
    const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
    const failed = tokens.start(signal as unknown as AbortSignal);
    if (when === 'meanwhile') {
      signal.aborted = true;
      signal.dispatchEvent(new Event('abort'));
    }
    await expect(failed).rejects.toMatchObject({ name: 'AbortError' });
    tokens.stopBackgroundRefresh();
  }
});

test('a start leaves nothing on the signal, and without an interval no timer', async () => {
  await using server = await startTokenServer();
  const { signal } = new AbortController();
  vi.useFakeTimers({ toFake: ['setInterval'] });
  try {
    const tokens = createTokenManager({ serverUrl: server.url, ...KEY, refreshTokenInterval: 0 });
    await tokens.start(signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('a pause between two attempts that ends by itself at an abort gives the reason all the same', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 503, {}));
  const controller = new AbortController();
  const reason = new Error('enough');
  const sleep = async (): Promise<void> => controller.abort(reason);
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, sleep });
  await expect(Promise.resolve(tokens.getToken(controller.signal))).rejects.toBe(reason);
});

test('a token that is held stands in no line about the function that is to give the next one', async () => {
  let asked = 0;
  const token = (): string => {
    asked += 1;
    if (asked === 1) return 'held-token-1';
    throw new Error('cannot replace held-token-1');
  };
  const reasons: unknown[] = [];
  const line = (_message: string, fields?: object): void => void reasons.push(Reflect.get(fields ?? {}, 'reason'));
  const tokens = createTokenManager({ token, logger: { debug() {}, info() {}, warn: line, error: line } });
  expect(await tokens.getToken()).toBe('held-token-1');
  expect(await tokens.refreshToken('held-token-1')).toBeUndefined();
  expect(reasons).toEqual(['cannot replace [redacted]']);
});
