import { expect, test } from 'vitest';
import { createTokenManager } from '../../src/index.ts';
import { giveToken, startTokenServer } from '../token-server.ts';
import { virtualClock } from '../virtual-clock.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('a caller without token fails in time, and the next try works', async () => {
  await using server = await startTokenServer(() => {});
  const tokens = createTokenManager({
    serverUrl: server.url,
    ...KEY,
    initialTokenTimeoutMs: 50,
    tokenRequestTimeoutMs: 80,
  });
  await expect(tokens.start()).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_TIMEOUT' });
  server.answer = giveToken;
  await expect
    .poll(() => Promise.resolve(tokens.getToken()).catch(() => undefined), { timeout: 10_000 })
    .toMatch(/^token-/);
});

test('callers with a valid token do not notice', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options });
  await tokens.getToken();
  clock.advance(2_160_000);
  server.answer = () => {};
  expect(tokens.getToken()).toBe('token-1');
  await server.received(2);
  expect(tokens.getToken()).toBe('token-1');
  tokens.stopBackgroundRefresh();
});

test('a caller with an expired token gets the old one when the attempt times out', async () => {
  await using server = await startTokenServer();
  const clock = virtualClock();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY, ...clock.options, tokenRequestTimeoutMs: 50 });
  const first = await tokens.getToken();
  clock.advance(2_700_000);
  server.answer = () => {};
  expect(await tokens.getToken()).toBe(first);
});

test('a body that never ends is a timeout as well', async () => {
  await using server = await startTokenServer((response) => void response.writeHead(200).write('{"token":"'));
  const tokens = createTokenManager({
    serverUrl: server.url,
    ...KEY,
    initialTokenTimeoutMs: 1_000,
    tokenRequestTimeoutMs: 50,
  });
  await expect(tokens.start()).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_TIMEOUT' });
});

test('a fetch that ignores its signal does not hold anybody up', async () => {
  const tokens = createTokenManager({
    serverUrl: 'http://localhost',
    ...KEY,
    fetch: () => new Promise(() => {}),
    initialTokenTimeoutMs: 1_000,
    tokenRequestTimeoutMs: 20,
  });
  await expect(tokens.start()).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_TIMEOUT' });
});

test('one caller that gives up leaves the attempt to the others', async () => {
  await using server = await startTokenServer(() => {});
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const controller = new AbortController();
  const leaving = tokens.getToken(controller.signal);
  server.answer = (response, n) => void setTimeout(giveToken, 30, response, n);
  const staying = tokens.getToken();
  const reason = new Error('gave up');
  controller.abort(reason);
  await expect(leaving).rejects.toBe(reason);
  expect(await staying).toBe('token-1');
  expect(server.requests).toHaveLength(1);
});

test('an abort ends the wait between two attempts', async () => {
  const server = await startTokenServer();
  await server[Symbol.asyncDispose]();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const controller = new AbortController();
  const waiting = tokens.getToken(controller.signal);
  await expect.poll(() => tokens.stats()).toMatchObject({ failures: 1, minting: false });
  const reason = new Error('gave up');
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});

test('who has given up before asking begins no attempt', async () => {
  await using server = await startTokenServer();
  const tokens = createTokenManager({ serverUrl: server.url, ...KEY });
  const signal = AbortSignal.abort('never mind');
  await expect(tokens.getToken(signal)).rejects.toBe('never mind');
  await expect(tokens.refreshToken('x', signal)).rejects.toBe('never mind');
  await expect(tokens.start(signal)).rejects.toBe('never mind');
  expect(server.requests).toHaveLength(0);
});
