import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { OVER, waitFor } from '../../src/runtime/patience.ts';

const never = new Promise<never>(() => undefined);

test('time that is over already is none: Node has nothing to warn of', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error): void => void warnings.push(warning);
  process.on('warning', listener);
  expect(await waitFor(never, { signal: undefined, limitMs: -49 })).toBe(OVER);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(warnings).toEqual([]);
});

test.each(['signal', 'closing'] as const)(
  'the %s ends a wait, also where it was aborted before, and keeps no listener',
  async (which) => {
    const controller = new AbortController();
    const patience = { signal: undefined, limitMs: Infinity, [which]: controller.signal };
    const wait = waitFor(never, patience);
    controller.abort();
    expect([await wait, await waitFor(never, patience)]).toEqual([OVER, OVER]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  },
);
