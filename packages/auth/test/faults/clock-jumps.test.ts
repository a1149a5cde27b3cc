import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { startTokenServer } from '../token-server.ts';
import { virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('a clock set forward two hours: one new token before the next call', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  clock.wallMs += 7_200_000;
  const got = await Promise.all(Array.from({ length: 200 }, async () => tokens.getToken()));
  expect(new Set(got)).toEqual(new Set(['token-2']));
  expect(server.requests).toHaveLength(2);
});

test('a clock set back two hours: the token does not live longer for it', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  clock.wallMs -= 7_200_000;
  expect(tokens.getToken()).toBe('token-1');
  clock.advance(2_700_000);
  expect(await tokens.getToken()).toBe('token-2');
});

test('a sleep that ends early, or not at all in real time, does not spin', async () => {
  const server = await startTokenServer();
  await server[Symbol.asyncDispose]();
  let sleeps = 0;
  const sleep = async (): Promise<void> => void (sleeps += 1);
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, sleep });
  await expect(tokens.getToken()).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_UNREACHABLE' });
  expect(sleeps).toBeLessThanOrEqual(4);
});
