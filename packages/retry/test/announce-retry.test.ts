import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { wrapFetchWithRetry } from '@conductor-ts/retry';
import type { RetryEvent } from '@conductor-ts/retry';
import { fakeTime } from './fake-time.ts';
import { reset, scriptedFetch } from './scripted-fetch.ts';

async function once(onRetry: (event: RetryEvent) => unknown): Promise<unknown[][]> {
  const lines: unknown[][] = [];
  const line =
    (level: string) =>
    (...entry: unknown[]): void =>
      void lines.push([level, ...entry]);
  const logger = { debug: line('debug'), info: line('info'), warn: line('warn') };
  const fetch = scriptedFetch(reset(), new Response());
  await wrapFetchWithRetry(fetch, { ...fakeTime(), logger, onRetry })('http://a');
  await new Promise((resolve) => setImmediate(resolve));
  return lines;
}

const debug = [
  'debug',
  'Attempt failed, trying again',
  { operation: 'GET', method: 'GET', attempt: 1, delayMs: 1_000, kind: 'ambiguous', code: 'ECONNRESET' },
];
const warn = ['warn', 'onRetry has thrown', { operation: 'GET' }];

test('the log hears of each further attempt: what failed, and how long the wait is', async () => {
  const onRetry = vi.fn(() => 'no promise');
  expect(await once(onRetry)).toEqual([debug]);
  expect(onRetry).toHaveBeenCalledTimes(1);
});

test('a hook that throws or rejects is complained of', async () => {
  const thrown = (): never => {
    throw new Error('broken');
  };
  expect(await once(thrown)).toEqual([debug, warn]);
  expect(await once(() => Promise.reject(new Error('broken')))).toEqual([debug, warn]);
  const Foreign = runInNewContext('Promise') as PromiseConstructor;
  expect(await once(() => Foreign.reject(new Error('broken')))).toEqual([debug, warn]);
});

test('a refresh that fails is logged in words', async () => {
  const warnings: string[] = [];
  const logger = { debug() {}, info() {}, warn: (message: string) => void warnings.push(message) };
  const tokens = { getToken: () => 'old', refreshToken: () => Promise.reject(new Error('down')) };
  const fetch = scriptedFetch(new Response(null, { status: 401 }));
  expect((await wrapFetchWithRetry(fetch, { logger, tokens })('http://a')).status).toBe(401);
  expect(warnings).toEqual(['No new token could be had after the server refused one']);
});
