import { expect, test } from 'vitest';
import { handleAuth } from '../src/index.ts';
import { sendJson, startTokenServer } from './token-server.ts';

const KEY = { keyId: 'my-key-id', keySecret: 'my-secret' };

test('it gives a manager that has its first token', async () => {
  await using server = await startTokenServer();
  const tokens = await handleAuth({ serverUrl: server.url, ...KEY });
  expect(tokens?.getToken()).toBe('token-1');
  tokens?.stopBackgroundRefresh();
});

test('it gives nothing where the server has no token endpoint', async () => {
  await using server = await startTokenServer((response) => sendJson(response, 404, {}));
  expect(await handleAuth({ serverUrl: server.url, ...KEY })).toBeUndefined();
});

test('after a failure it leaves no request behind', async () => {
  await using server = await startTokenServer(() => {});
  let sent: AbortSignal | null | undefined;
  const watched: typeof fetch = (input, init) => {
    sent = init?.signal;
    return fetch(input, init);
  };
  const starting = handleAuth({ serverUrl: server.url, ...KEY, fetch: watched, initialTokenTimeoutMs: 20 });
  await expect(starting).rejects.toMatchObject({ code: 'AUTH_ENDPOINT_TIMEOUT' });
  expect(sent?.aborted).toBe(true);
});

test('its signal ends the wait for the first token', async () => {
  await using server = await startTokenServer(() => {});
  const controller = new AbortController();
  const starting = handleAuth({ serverUrl: server.url, ...KEY, signal: controller.signal });
  await server.received(1);
  const reason = new Error('changed my mind');
  controller.abort(reason);
  await expect(starting).rejects.toBe(reason);
});
