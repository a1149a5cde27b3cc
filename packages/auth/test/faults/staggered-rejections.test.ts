import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { giveToken, sendJson, startTokenServer } from '../token-server.ts';
import { virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('100 refusals of one token, half of them late, cost one new token', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const old = (await tokens.getToken()) ?? '';
  const early = await Promise.all(Array.from({ length: 50 }, async () => tokens.refreshToken(old)));
  const late = Array.from({ length: 50 }, () => tokens.refreshToken(old));
  // At once: the late ones get values, not promises.
  expect([...early, ...late]).toEqual(Array.from({ length: 100 }, () => 'token-2'));
  expect(server.requests).toHaveLength(2);
});

test('refusals that arrive during the refresh join it', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  await tokens.getToken();
  const held: (() => void)[] = [];
  server.answer = (response, n) => void held.push(() => giveToken(response, n));
  const first = tokens.refreshToken('token-1');
  await server.received(2);
  const second = tokens.refreshToken('token-1');
  const call = tokens.getToken();
  for (const answer of held) answer();
  expect(await Promise.all([first, second, call])).toEqual(['token-2', 'token-2', 'token-2']);
  expect(server.requests).toHaveLength(2);
});

test('a server that refuses every token gets few requests', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...virtualClock().options });
  for (let i = 0; i < 1_000; i++) await tokens.refreshToken((await tokens.getToken()) ?? '');
  expect(server.requests.length).toBe(11);
});

test.each([
  ['a minute', (clock: ReturnType<typeof virtualClock>) => clock.advance(60_000)],
  ['a suspend of three hours', (clock: ReturnType<typeof virtualClock>) => void (clock.wallMs += 10_800_000)],
  ['a clock set back two hours', (clock: ReturnType<typeof virtualClock>) => void (clock.wallMs -= 7_200_000)],
])('any run of failures ends with the first success after %s', async (_, pass) => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  for (const status of [401, 404, 500, 200, 503, 302, 403]) {
    server.answer = (response) => sendJson(response, status, {});
    await tokens.refreshToken('token-1');
    clock.advance(60_000);
  }
  server.answer = (response) => sendJson(response, 200, { token: 'new' });
  pass(clock);
  expect(await tokens.refreshToken('token-1')).toBe('new');
});
