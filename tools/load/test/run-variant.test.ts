import { startConductorServer } from '@conductor-ts/testing';
import type { TransportStats } from '@conductor-ts/transport';
import { expect, test } from 'vitest';
import { faultsOf, runVariant } from '../src/run-variant.ts';
import { variantOf, type Variant } from '../src/variant.ts';

const LIMIT_MS = 30_000;
const variant = (overrides: Partial<Variant> = {}): Variant => ({
  ...variantOf({ starts: 20, inFlight: 8, kill: false, http2: false, compression: false, nginx: false }),
  ...overrides,
});

test.each(['http1', 'http2'] as const)('over %s all is started once and completed', async (via) => {
  await using server = await startConductorServer({ http2: true });
  const result = await runVariant(variant({ via }), { url: server.url }, LIMIT_MS);
  expect(result.faults).toEqual([]);
  expect(result.account).toEqual({ found: 20, foundCompleted: 20, lost: 0, twice: 0, unfinished: 0 });
});

test('starts whose answers get lost are looked up, and none is made twice', async () => {
  await using server = await startConductorServer();
  server.faults.loseAnswers({ operation: 'workflow.start', probability: 0.3 });
  server.faults.resetConnections({ operation: 'workflow.start', probability: 0.2 });
  const result = await runVariant(variant(), { url: server.url }, LIMIT_MS);
  expect(result.faults).toEqual([]);
  expect(result.troubles.unknown).toBeGreaterThan(result.foundAgain);
  expect(result.foundAgain).toBeGreaterThan(0);
});

test('a server that dies and comes again in the middle is taken up again by the same client', async () => {
  await using server = await startConductorServer();
  // Both at once: every connection is reset, and for a moment there are no new ones.
  const mortal = { kill: () => server.faults.restart({ downMs: 100 }), startAgain: () => Promise.resolve() };
  const result = await runVariant(variant({ kill: true }), { url: server.url, mortal }, LIMIT_MS);
  expect(result.faults).toEqual([]);
});

test('a server that is not ours is not killed', async () => {
  const running = runVariant(variant({ kill: true }), { url: 'http://127.0.0.1:1' }, LIMIT_MS);
  await expect(running).rejects.toThrow('Unset CONDUCTOR_SERVER_URL');
});

test('what is not as it should be is said, also where only the way is wrong', () => {
  const account = { found: 21, foundCompleted: 19, lost: 1, twice: 1, unfinished: 2 };
  const stats = { origins: [{ protocol: 'h1' }] } as unknown as TransportStats;
  expect(faultsOf(variant({ via: 'nginx', compressed: true }), { account }, stats, false)).toEqual([
    '1 acknowledged starts are lost',
    '1 starts were carried out twice',
    '2 executions are not completed as they should be',
    'the search finds 21 executions, not 20',
    'the search finds 19 completed, not 20',
    'the calls went over h1',
    'the server does not compress its answers',
  ]);
});
