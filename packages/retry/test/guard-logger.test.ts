import { wrapFetchWithRetry } from '@conductor-ts/retry';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { guardLogger } from '../src/guard-logger.ts';
import { refused, scriptedFetch } from './scripted-fetch.ts';

const URL_A = 'http://a.test/x';

test('a logger that throws changes nothing: what succeeds after a retry is a success, and a failure keeps its error', async () => {
  const throwing = { debug: fail, info: fail, warn: fail };
  const options = { logger: throwing, sleep: async () => undefined };
  const response = await wrapFetchWithRetry(scriptedFetch(refused(), new Response('ok')), options)(URL_A);
  expect(await response.text()).toBe('ok');
  const error = refused();
  await expect(wrapFetchWithRetry(scriptedFetch(error), options)(URL_A)).rejects.toBe(error);
});

test("what an async method of a logger rejects with is nobody's trouble", async () => {
  const rejecting = { debug: failLater, info: failLater, warn: failLater };
  const options = { logger: rejecting, sleep: async () => undefined };
  const response = await wrapFetchWithRetry(scriptedFetch(refused(), new Response('ok')), options)(URL_A);
  expect(await response.text()).toBe('ok');
  // A rejection that nobody handles would fail the run.
  await setImmediate();
});

test('a logger is called as its own method', () => {
  const lines: unknown[] = [];
  class Logger {
    readonly lines = lines;
    debug(message: string, fields?: object): void {
      this.lines.push(['debug', message, fields]);
    }
    info(message: string): void {
      this.lines.push(['info', message]);
    }
    warn(message: string): void {
      this.lines.push(['warn', message]);
    }
  }
  const guarded = guardLogger(new Logger());
  guarded.debug('a', { b: 1 });
  guarded.info('c');
  guarded.warn('d');
  expect(lines).toEqual([
    ['debug', 'a', { b: 1 }],
    ['info', 'c'],
    ['warn', 'd'],
  ]);
});

function fail(): never {
  throw new Error('thrown on purpose');
}

async function failLater(): Promise<never> {
  throw new Error('rejected on purpose');
}
