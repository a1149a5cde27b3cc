import { expect, test } from 'vitest';
import { holdNoLonger } from '../../src/runtime/too-slow.ts';

const never = new Promise<never>(() => undefined);
const call = { operation: 'workflow.get', totalTimeoutMs: 7, timeoutMs: 5, attempts: 2 };

test('what ends in time gives its value; else the signal tells why', async () => {
  expect(await holdNoLonger('value', { signal: undefined, leftMs: Infinity }, 'It', call)).toBe('value');
  const signal = AbortSignal.abort('enough');
  await expect(holdNoLonger(never, { signal, leftMs: Infinity }, 'It', call)).rejects.toBe('enough');
});

test('what is late is named, with the limit that is over and what may have been done', async () => {
  const limits = { signal: undefined, leftMs: 1, attemptMs: 1 };
  await expect(holdNoLonger(never, limits, 'It', call)).rejects.toMatchObject({
    code: 'TOTAL_TIMEOUT',
    timeoutMs: 7,
    attempts: 2,
    mayHaveBeenProcessed: true,
    hint: 'It did not come to its end in time.',
  });
  await expect(holdNoLonger(never, { ...limits, leftMs: 2 }, 'It', call, false)).rejects.toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    timeoutMs: 5,
    mayHaveBeenProcessed: false,
  });
});

test.each([undefined, 0])('a limit of %s for an attempt is none', async (attemptMs) => {
  const limits = { signal: undefined, leftMs: 20, attemptMs };
  await expect(holdNoLonger(never, limits, 'It', call)).rejects.toMatchObject({ code: 'TOTAL_TIMEOUT' });
});
