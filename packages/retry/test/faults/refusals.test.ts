import { EventEmitter, once } from 'node:events';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from '../fake-time.ts';
import { answer, applyThen, startRawServer } from './raw-server.ts';

const start: Call = { operation: 'workflow.start', replay: 'unsafe' };

test('five 429s and then an answer: done once', async () => {
  await using server = await startRawServer();
  const busy = answer(429, '{}');
  server.behave(busy, busy, busy, busy, busy, applyThen(server, answer(200, '{}')));
  const time = fakeTime();
  const response = await wrapFetchWithRetry(fetch, time)(server.url, {
    method: 'POST',
    body: '{}',
    call: { ...start },
  });
  expect([response.status, time.sleeps]).toEqual([200, [1_000, 2_000, 4_000, 8_000, 16_000]]);
  expect([server.received.length, server.applied]).toEqual([6, 1]);
});

test('large 429 bodies of dropped answers are drained, so that their connection is used again', async () => {
  await using server = await startRawServer();
  const busy = answer(429, 'x'.repeat(300_000));
  server.behave(busy, busy, busy, answer(200, '{}'));
  // A real wait, short: the rest of a body comes in during it.
  const sleep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
  const response = await wrapFetchWithRetry(fetch, { sleep })(server.url);
  expect([await response.json(), server.received.length, server.connections]).toEqual([{}, 4, 1]);
});

test('a body that never ends, of a dropped answer, does not hold up the next attempt', async () => {
  await using server = await startRawServer();
  server.behave((socket) => socket.write('HTTP/1.1 429 X\r\nContent-Length: 9\r\n\r\nx'), answer(200, '{}'));
  const response = await wrapFetchWithRetry(fetch, fakeTime())(server.url);
  expect([response.status, server.received.length]).toEqual([200, 2]);
});

test('the replay after a 401 carries the same body, content type and key, and the new token', async () => {
  await using server = await startRawServer();
  server.behave(answer(401, '{"error":"EXPIRED_TOKEN"}'), applyThen(server, answer(200, '"id"')));
  const tokens = { getToken: () => 'old', refreshToken: async () => 'new' };
  const headers = { 'Content-Type': 'application/json', 'X-Idempotency-key': 'k1' };
  const init = { method: 'POST', headers, body: '{"name":"w"}', call: { ...start } };
  const response = await wrapFetchWithRetry(fetch, { tokens })(server.url, init);
  expect(await response.json()).toBe('id');
  const [first, second] = server.received;
  expect(first).toMatch(/x-authorization: old\r\n/i);
  expect(second).toBe(first?.replace(/(x-authorization): old/i, '$1: new'));
  expect(server.applied).toBe(1);
});

test('a 403 without a token code is handed out as it came, and is readable', async () => {
  await using server = await startRawServer();
  server.behave(answer(403, '{"message":"not yours"}'));
  const tokens = { getToken: () => 'old', refreshToken: () => 'new' };
  const response = await wrapFetchWithRetry(fetch, { tokens })(server.url);
  expect([await response.json(), server.received.length]).toEqual([{ message: 'not yours' }, 1]);
});

test('a server that never answers costs one attempt, and its connection is given up', async () => {
  await using server = await startRawServer();
  const closed = new EventEmitter();
  server.behave((socket, request) => {
    if (request.includes('silent')) socket.on('close', () => closed.emit('close'));
    else answer(200, '{}')(socket, request);
  });
  const connectionEnded = once(closed, 'close');
  const retrying = wrapFetchWithRetry(fetch, { requestTimeoutMs: 50 });
  // On a busy machine the time may be over before the request is there.
  while (server.received.length === 0) {
    const call = retrying(`${server.url}/silent`);
    await expect(call).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT', attempts: 1 });
  }
  expect((await wrapFetchWithRetry(fetch)(server.url)).status).toBe(200);
  await connectionEnded;
});

test('an answer that drips is ended by the timer of its attempt', async () => {
  await using server = await startRawServer();
  server.behave((socket) => {
    socket.write('HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 5);
    socket.on('close', () => clearInterval(drip));
  });
  const call: Call = { operation: 'workflow.get', replay: 'safe', timeoutMs: 60 };
  await expect(wrapFetchWithRetry(fetch)(server.url, { call })).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT' });
});

test('an abort in the body of a real answer rejects with the reason itself', async () => {
  await using server = await startRawServer();
  server.behave((socket) => socket.write('HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nx'));
  for (const init of [{}, { call: { operation: 'workflow.get', replay: 'safe' as const } }]) {
    const controller = new AbortController();
    const reading = wrapFetchWithRetry(fetch)(server.url, { ...init, signal: controller.signal }).then((r) => r.text());
    reading.catch(() => undefined);
    const before = server.received.length;
    while (server.received.length === before) await new Promise((resolve) => setTimeout(resolve, 2));
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort('enough');
    await expect(reading).rejects.toBe('enough');
  }
});
