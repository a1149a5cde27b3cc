import { expect, test } from 'vitest';
import { REAL_TIME } from '../../src/composed/real-time.ts';

test('a pause longer than a timer can be is long, and not none', async () => {
  const controller = new AbortController();
  let isOver = false;
  const pause = REAL_TIME.sleep(3_000_000_000, controller.signal).finally(() => (isOver = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isOver).toBe(false);
  controller.abort('enough');
  await expect(pause).rejects.toBe('enough');
});

test('a signal without reason and throwIfAborted, as older libraries give, ends a pause as well', async () => {
  const signal = Object.assign(new EventTarget(), { aborted: false });
  await REAL_TIME.sleep(0, signal as AbortSignal);
  const pause = REAL_TIME.sleep(60_000, signal as AbortSignal);
  signal.aborted = true;
  signal.dispatchEvent(new Event('abort'));
  await expect(pause).rejects.toMatchObject({ name: 'AbortError' });
  await expect(REAL_TIME.sleep(0, signal as AbortSignal)).rejects.toMatchObject({ name: 'AbortError' });
});
