import { expect, test } from 'vitest';
import { inTime, OVER, waitFor } from '../../src/runtime/patience.ts';

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

test('what ends in time gives its value; else the signal tells why, or the one who waits', async () => {
  const late = (): Error => new Error('late');
  expect(await inTime('value', { signal: undefined, limitMs: Infinity }, late)).toBe('value');
  await expect(inTime(never, { signal: undefined, limitMs: 1 }, late)).rejects.toThrow('late');
  const signal = AbortSignal.abort('enough');
  await expect(inTime(never, { signal, limitMs: Infinity }, late)).rejects.toBe('enough');
});
