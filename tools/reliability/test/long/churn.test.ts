import { expect, test } from 'vitest';
import { churn } from '../../src/churn/churn.ts';
import { ALL_PROTOCOLS } from '../../src/protocols.ts';

const SEED = 20_261_124;

test('64 callers over all protocols while everything breaks: every call settles, no start is doubled, nothing confirmed is lost', async () => {
  const size = { calls: 40_000, leastCalls: 1_500, callers: 64, seconds: 40 };
  const report = await churn({ seed: SEED, ...size, protocols: ALL_PROTOCOLS });
  expect(report.violations, `seed ${SEED}`).toEqual([]);
  // It was no walk in the park, and no graveyard either.
  expect(report.calls).toBeGreaterThanOrEqual(size.leastCalls);
  expect(report.succeeded).toBeGreaterThan(report.calls / 10);
  expect(report.failures['AmbiguousRequestError AMBIGUOUS_REQUEST']).toBeGreaterThan(10);
  expect(report.starts).toBeGreaterThanOrEqual(report.acknowledged);
}, 180_000);
