import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { startTokenServer } from '../token-server.ts';
import { virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('two hundred calls that meet the expiry at once: one request', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  clock.advance(2_700_000);
  const got = await Promise.all(Array.from({ length: 200 }, async () => tokens.getToken()));
  expect(new Set(got)).toEqual(new Set(['token-2']));
  expect(server.requests).toHaveLength(2);
});

test('refusals of one token that come in over five seconds: one request', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  const got: (string | undefined)[] = [];
  for (let i = 0; i < 200; i += 1) {
    got.push(await tokens.refreshToken('token-1'));
    clock.advance(25);
  }
  expect(new Set(got)).toEqual(new Set(['token-2']));
  expect(server.requests).toHaveLength(2);
});

test('a process that was frozen past the expiry: the late background tick and two hundred calls cause one request', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const options = { serverUrl: server.url, ...KEY, ...clock.options, refreshTokenInterval: 100 };
  const tokens = createTokenManager(options);
  await tokens.start();
  // Nothing runs meanwhile; when it ends, the timer of the background is overdue.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
  clock.advance(10_800_000);
  const calls = Array.from({ length: 200 }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return tokens.getToken();
  });
  expect(new Set(await Promise.all(calls))).toEqual(new Set(['token-2']));
  expect(server.requests).toHaveLength(2);
  tokens.stopBackgroundRefresh();
});
