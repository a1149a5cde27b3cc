import { once } from 'node:events';
import { createServer as createPlain } from 'node:net';
import type { AddressInfo } from 'node:net';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { Call } from '@conductor-ts/retry';
import { expect, test } from 'vitest';
import { fakeTime } from '../fake-time.ts';
import { answer, applyThen, type RawServer, startRawServer } from './raw-server.ts';

const start: Call = { operation: 'workflow.start', replay: 'unsafe' };
const init = { method: 'POST', body: '{}' };

test('port closed for ever: four attempts, about 6 s of waits, the error of the connection', async () => {
  const time = fakeTime();
  const failed = wrapFetchWithRetry(fetch, time)(`http://127.0.0.1:${await freePort()}/`, {
    ...init,
    call: { ...start },
  });
  await expect(failed).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  expect(time.sleeps).toEqual([1_000, 2_000, 3_000]);
});

test('port that opens during the second wait: the start is done once', async () => {
  const port = await freePort();
  let server: RawServer | undefined;
  const time = fakeTime();
  const sleep = async (ms: number): Promise<void> => {
    await time.sleep(ms);
    if (time.sleeps.length < 2) return;
    server ??= await startRawServer({ port });
    server.behave(applyThen(server, answer(200, '{}')));
  };
  const response = await wrapFetchWithRetry(fetch, { ...time, sleep })(`http://127.0.0.1:${port}/`, {
    ...init,
    call: { ...start },
  });
  expect([response.status, time.sleeps, server?.applied]).toEqual([200, [1_000, 2_000], 1]);
  await server?.[Symbol.asyncDispose]();
});

test('no such host: four attempts', async () => {
  const time = fakeTime();
  const failed = wrapFetchWithRetry(fetch, time)('http://no-such-host.invalid/', { ...init, call: { ...start } });
  await expect(failed).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) } });
  expect(time.sleeps).toHaveLength(3);
});

test('a port that does not speak TLS: one attempt', async () => {
  await using server = await startRawServer({ onConnection: (socket) => socket.write('SSH-2.0-OpenSSH\r\n') });
  const time = fakeTime();
  const url = server.url.replace('http:', 'https:');
  await expect(wrapFetchWithRetry(fetch, time)(url, { ...init, call: { ...start } })).rejects.toThrow();
  expect([time.sleeps, server.connections]).toEqual([[], 1]);
});

test('an answer that is not HTTP: one attempt, even of a safe operation', async () => {
  await using server = await startRawServer();
  server.behave((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
  const time = fakeTime();
  await expect(wrapFetchWithRetry(fetch, time)(server.url)).rejects.toThrow();
  expect([time.sleeps, server.received.length]).toEqual([[], 1]);
});

test.each(['', 'http://', 'nonsense', 'http://a b/'])('the URL %j: one attempt', async (url) => {
  const time = fakeTime();
  await expect(wrapFetchWithRetry(fetch, time)(url)).rejects.toThrow();
  expect(time.sleeps).toEqual([]);
});

test('a GET with a body, which no fetch builds: one attempt', async () => {
  const time = fakeTime();
  await expect(wrapFetchWithRetry(fetch, time)('http://127.0.0.1:1/', { body: 'x' })).rejects.toThrow(TypeError);
  expect(time.sleeps).toEqual([]);
});

async function freePort(): Promise<number> {
  const server = createPlain().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
