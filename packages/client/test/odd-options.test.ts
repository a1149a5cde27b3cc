import { startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import { createConductorClient } from '../src/index.ts';
import { oddOptions } from '../src/odd-options.ts';

test('an option that was meant for another one is named with it', () => {
  expect(oddOptions({ middlewares: (next: unknown) => next } as never)).toEqual([
    'The client option middlewares is unknown and ignored. Was middleware meant?',
  ]);
  expect(oddOptions({ retry: { maxTransportRetry: 1, initialRetryDelayMs: 1 } } as never)).toEqual([
    expect.stringContaining('retry.maxTransportRetry is unknown') as unknown,
    'The client option retry.initialRetryDelayMs is unknown and ignored. Was retry.initialRetryDelay meant?',
  ]);
});

test('one that resembles none gets the list', () => {
  expect(oddOptions({ colour: 'red' } as never)[0]).toContain('Known are tokens, signal,');
});

test('known options pass without a word', () => {
  expect(oddOptions({ signal: undefined, retry: { classify: undefined, sleep: undefined } })).toEqual([]);
});

test('the warning goes to the logger', async () => {
  await using server = await startConductorServer();
  const lines: string[] = [];
  const keep = (line: string): void => void lines.push(line);
  const logger = { debug: () => undefined, info: () => undefined, warn: keep, error: keep };
  const config = { serverUrl: server.url, useEnvVars: false, logger };
  await using _client = await createConductorClient(config, undefined, { token: 'x' } as never);
  expect(lines).toEqual(['The client option token is unknown and ignored. Was tokens meant?']);
});
