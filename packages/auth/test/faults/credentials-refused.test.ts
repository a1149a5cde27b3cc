import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { recordedLogger } from '../recorded-logger.ts';
import { giveToken, sendJson, startTokenServer } from '../token-server.ts';
import { untilIdle, virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test.each([400, 401, 403])('status %i is an error at once, after one request', async (status) => {
  await using server = await startTokenServer((response) => sendJson(response, status, { error: 'INVALID_KEY' }));
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await expect(tokens.start()).rejects.toMatchObject({
    code: 'AUTH_CREDENTIALS_REJECTED',
    message: expect.stringContaining('key id'),
    status,
    serverCode: 'INVALID_KEY',
  });
  expect(server.requests).toHaveLength(1);
});

test('the refusal is remembered: a thousand calls within 30 seconds send nothing', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 401, {}));
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.start().catch(() => {});
  for (let i = 0; i < 1_000; i++) {
    await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AUTH_CREDENTIALS_REJECTED' });
    clock.advance(29);
  }
  expect(server.requests).toHaveLength(1);
});

test('after 30 seconds one probe is sent, and a key that is right by then works', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 401, {}));
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.start().catch(() => {});
  clock.advance(30_000);
  await Promise.allSettled([tokens.getToken(), tokens.getToken()]);
  expect(server.requests).toHaveLength(2);
  server.answer = giveToken;
  clock.advance(30_000);
  expect(await tokens.getToken()).toBe('token-3');
});

test('a refresh that is refused waits for nothing and takes no working token away', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const logger = recordedLogger();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options, logger });
  await tokens.getToken();
  clock.advance(2_160_000);
  server.answer = (response) => sendJson(response, 401, { error: 'INVALID_TOKEN' });
  void tokens.getToken();
  await untilIdle(tokens);
  expect(tokens.getToken()).toBe('token-1');
  expect(await tokens.refreshToken('token-1')).toBeUndefined();
  expect(logger.lines.at(-1)).toMatchObject({ level: 'error', fields: { serverCode: 'INVALID_TOKEN' } });
});
