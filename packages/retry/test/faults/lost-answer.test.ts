import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from '../fake-time.ts';
import { answer, applyThen, type Behaviour, startRawServer } from './raw-server.ts';

const half = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n';

const FAULTS: [string, Behaviour][] = [
  ['a reset after the whole request', (socket) => socket.resetAndDestroy()],
  ['a FIN after the whole request', (socket) => socket.end()],
  ['half a status line, then FIN', (socket) => socket.end('HTTP/1.1 2')],
  ['a reset in the body', (socket) => socket.write(half, () => socket.resetAndDestroy())],
  ['a FIN in the body', (socket) => socket.end(half)],
  ['a FIN between two chunks', (socket) => socket.end(chunked)],
];

test.each(FAULTS)('%s: a start is done once, and its error says so', async (_fault, fault) => {
  await using server = await startRawServer();
  server.behave(applyThen(server, fault), applyThen(server, answer(200, '{}')));
  const call: Call = { operation: 'workflow.start', replay: 'unsafe' };
  const failed = wrapFetchWithRetry(fetch, fakeTime())(server.url, { method: 'POST', body: '{}', call });
  await expect(failed).rejects.toMatchObject({ code: 'AMBIGUOUS_REQUEST', mayHaveBeenProcessed: true, attempts: 1 });
  expect([server.received.length, server.applied]).toEqual([1, 1]);
});

test.each(FAULTS)('%s: a safe operation succeeds at its second attempt', async (_fault, fault) => {
  await using server = await startRawServer();
  server.behave(fault, answer(200, '{"ok":true}'));
  const call: Call = { operation: 'workflow.get', replay: 'safe' };
  const response = await wrapFetchWithRetry(fetch, fakeTime())(server.url, { call });
  expect([await response.json(), server.received.length]).toEqual([{ ok: true }, 2]);
});

test('a thousand starts whose answers get lost are a thousand starts, and every one is reported', async () => {
  await using server = await startRawServer();
  server.behave(applyThen(server, (socket) => socket.resetAndDestroy()));
  const retrying = wrapFetchWithRetry(fetch, fakeTime());
  const start = async (): Promise<unknown> => {
    const call: Call = { operation: 'workflow.start', replay: 'unsafe' };
    return retrying(server.url, { method: 'POST', body: '{}', call }).catch((error: unknown) => error);
  };
  const results: unknown[] = [];
  for (let round = 0; round < 20; round += 1) results.push(...(await Promise.all(Array.from({ length: 50 }, start))));
  expect(results.every((error) => (error as { mayHaveBeenProcessed?: boolean }).mayHaveBeenProcessed === true)).toBe(
    true,
  );
  expect([server.received.length, server.applied]).toEqual([1_000, 1_000]);
});

test('a DELETE done at the first attempt and not found at the second is in doubt, with both outcomes', async () => {
  await using server = await startRawServer();
  server.behave(
    applyThen(server, (socket) => socket.resetAndDestroy()),
    answer(404, '{"message":"gone"}'),
  );
  await expect(wrapFetchWithRetry(fetch, fakeTime())(server.url, { method: 'DELETE' })).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
    status: 404,
    failures: [{ outcome: 'ambiguous' }],
  });
  expect(server.applied).toBe(1);
});

test('the words of a refusal lost in the body leave the refusal itself', async () => {
  await using server = await startRawServer();
  server.behave((socket) =>
    socket.write('HTTP/1.1 404 X\r\nContent-Length: 100\r\n\r\n{"a', () => socket.resetAndDestroy()),
  );
  const call: Call = { operation: 'workflow.start', replay: 'unsafe' };
  const response = await wrapFetchWithRetry(fetch, fakeTime())(server.url, { method: 'POST', body: '{}', call });
  expect([response.status, await response.text()]).toEqual([404, '']);
});
