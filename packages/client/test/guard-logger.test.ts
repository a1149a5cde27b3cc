import { expect, test } from 'vitest';
import { createConductorClient } from '../src/index.ts';

test.each<[string, () => void]>([
  ['rejects', () => Promise.reject(new Error('log')) as unknown as undefined],
  [
    'throws',
    () => {
      throw new Error('log');
    },
  ],
])('a logger that %s while a client is made ends neither that nor the process', async (_, log) => {
  const unhandled: unknown[] = [];
  const listener = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', listener);
  const logger = { debug: log, info: log, warn: log, error: log };
  const odd = { unknown: true } as object;
  // A fetch of one's own beside an option of the transport is told of, and so is an option that there is not.
  await using client = await createConductorClient({ maxHttp2Connections: 3, useEnvVars: false, logger }, fetch, odd);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', listener);
  expect(unhandled).toEqual([]);
  expect(client.stats().calls).toBe(0);
});
