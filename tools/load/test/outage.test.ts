import { expect, test } from 'vitest';
import { Outage } from '../src/outage.ts';

const server = { kill: () => Promise.resolve(), startAgain: () => Promise.resolve() };

test('without a death there is nothing to recover from', () => {
  const outage = new Outage();
  outage.answered();
  expect([outage.downMs, outage.recoveryMs]).toEqual([undefined, undefined]);
});

test('answers that were on their way when the server died do not count as recovery', async () => {
  const outage = new Outage();
  await outage.happen(server);
  outage.answered();
  expect(outage.recoveryMs).toBeUndefined();
  const nowMs = performance.now();
  outage.answered(nowMs + 2_000);
  outage.answered(nowMs + 9_000);
  expect(outage.recoveryMs).toBeGreaterThanOrEqual(2_000);
  expect(outage.recoveryMs).toBeLessThan(9_000);
});
