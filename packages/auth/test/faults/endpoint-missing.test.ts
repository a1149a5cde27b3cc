import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { recordedLogger } from '../recorded-logger.ts';
import { giveToken, sendJson, startTokenServer } from '../token-server.ts';
import { untilIdle, virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('404 on first contact is a server without tokens: one probe, one line, no token', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 404, { message: 'No static resource' }));
  const logger = recordedLogger();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, logger });
  expect(await tokens.start()).toBe('oss');
  for (let i = 0; i < 100; i++) expect(tokens.getToken()).toBeUndefined();
  expect(server.requests).toHaveLength(1);
  expect(logger.lines).toMatchObject([{ level: 'warn', fields: { status: 404 } }]);
});

test('404 from a gateway that was starting is undone by a 401 later', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 404, {}));
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  server.answer = giveToken;
  expect(await tokens.refreshToken('')).toBeUndefined();
  clock.advance(30_000);
  expect(await tokens.refreshToken('')).toBe('token-2');
  expect(tokens.mode).toBe('orkes');
});

test('404 after a token was obtained is an outage', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  server.answer = (response) => sendJson(response, 404, {});
  clock.advance(2_700_000);
  expect(await tokens.getToken()).toBe('token-1');
  expect(tokens.mode).toBe('orkes');
  await untilIdle(tokens);
  server.answer = giveToken;
  clock.advance(1_000);
  expect(await tokens.getToken()).toBe('token-3');
});
