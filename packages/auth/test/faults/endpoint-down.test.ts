import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { recordedLogger } from '../recorded-logger.ts';
import { giveToken, sendJson, startTokenServer } from '../token-server.ts';
import { untilIdle, virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('while the endpoint answers 503 for ten minutes, the old token serves; the tries thin out, and recovery needs no help', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const logger = recordedLogger();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options, logger });
  await tokens.start();
  clock.advance(2_160_000);
  const tries: number[] = [];
  const downSince = clock.monotonicMs;
  server.answer = (response) => {
    tries.push((clock.monotonicMs - downSince) / 1_000);
    sendJson(response, 503, { message: 'no database' });
  };
  for (let second = 0; second < 600; second++) {
    expect(await tokens.getToken()).toBe('token-1');
    await untilIdle(tokens);
    clock.advance(1_000);
  }
  expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303, 363, 423, 483, 543]);
  server.answer = giveToken;
  clock.advance(60_000);
  void tokens.getToken();
  await untilIdle(tokens);
  expect(tokens.getToken()).toBe('token-17');
  const lines = logger.lines.filter(({ level }) => level !== 'debug');
  expect(lines.map(({ level }) => level)).toEqual(['warn', 'error', 'error', 'error', 'info']);
  expect(lines[0]?.fields).toMatchObject({ status: 503, serverMessage: 'no database', failures: 1 });
  expect(lines[1]?.fields).toMatchObject({ failures: 5, sinceMs: 15_000 });
  expect(lines[4]?.fields).toMatchObject({ failures: 15, downMs: 660_000 });
  tokens.stopBackgroundRefresh();
});

test('an expired token goes on serving while the endpoint is down, after one failed attempt', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  clock.advance(2_700_000);
  server.answer = (response) => sendJson(response, 500, {});
  expect(await tokens.getToken()).toBe('token-1');
  expect(await tokens.getToken()).toBe('token-1');
  expect(server.requests).toHaveLength(2);
});

test('a 401 during an outage is handed back, and costs no further request', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  server.answer = (response) => sendJson(response, 503, {});
  expect(await tokens.refreshToken('token-1')).toBeUndefined();
  expect(await Promise.all(Array.from({ length: 50 }, async () => tokens.refreshToken('token-1')))).toEqual(
    Array.from({ length: 50 }),
  );
  expect(server.requests).toHaveLength(2);
});

test('an endpoint that comes up late still gives the first token', async () => {
  await using server = await startTokenServer((response, n) =>
    n < 4 ? sendJson(response, 503, {}) : giveToken(response, n),
  );
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  expect(await tokens.getToken()).toBe('token-4');
  expect(clock.sleeps).toEqual([1_000, 2_000, 4_000]);
});

test('the first token is waited for 15 seconds, then the error says what the endpoint answered', async () => {
  await using server = await startTokenServer((response) =>
    sendJson(response, 503, { error: 'DB_DOWN', message: 'wait' }),
  );
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await expect(tokens.start()).rejects.toMatchObject({
    code: 'AUTH_ENDPOINT_FAILED',
    status: 503,
    serverCode: 'DB_DOWN',
    serverMessage: 'wait',
    failures: 4,
  });
  // 8 s more would end at 15 s, too late for another attempt.
  expect(clock.sleeps).toEqual([1_000, 2_000, 4_000]);
});

test('nothing listens: the error names the reason', async () => {
  const server = await startTokenServer();
  await server[Symbol.asyncDispose]();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...virtualClock().options });
  await expect(tokens.start()).rejects.toMatchObject({
    code: 'AUTH_ENDPOINT_UNREACHABLE',
    cause: { cause: { code: 'ECONNREFUSED' } },
  });
});

test('a connection that breaks under the request is replaced at once, and only once', async () => {
  await using server = await startTokenServer((response, n) => {
    if (n === 2) giveToken(response, n);
    else response.socket?.resetAndDestroy();
  });
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  expect(await tokens.getToken()).toBe('token-2');
  expect(clock.sleeps).toEqual([]);
  // Both connections of the replacement break: the old token is all there is until the pause is over.
  expect(await tokens.refreshToken('token-2')).toBeUndefined();
  expect(server.requests).toHaveLength(4);
  expect(await tokens.refreshToken('token-2')).toBeUndefined();
  expect(server.requests).toHaveLength(4);
});

test('an answer that is cut off is tried again', async () => {
  await using server = await startTokenServer((response, n) => {
    if (n === 1) response.socket?.resetAndDestroy();
    else if (n === 2)
      response.writeHead(200, { 'content-length': '100' }).write('{"token":"tok', () => response.destroy());
    else giveToken(response, n);
  });
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...virtualClock().options });
  expect(await tokens.getToken()).toBe('token-3');
});

test('each caller of a failed attempt gets an error of its own', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 401, {}));
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const results = await Promise.allSettled([tokens.getToken(), tokens.getToken(), tokens.getToken()]);
  const reasons = results.map((result) => (result.status === 'rejected' ? (result.reason as unknown) : undefined));
  expect(new Set(reasons).size).toBe(3);
  expect(server.requests).toHaveLength(1);
});
