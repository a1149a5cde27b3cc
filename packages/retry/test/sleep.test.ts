import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { MAX_TIMER_MS, sleep } from '../src/sleep.ts';

test('it resolves after its time and leaves no listener', async () => {
  const { signal } = new AbortController();
  await sleep(1, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('an abort rejects at once with the reason and clears the timer', async () => {
  vi.useFakeTimers();
  try {
    const controller = new AbortController();
    const sleeping = sleep(60_000, controller.signal);
    const reason = { why: 'shutdown' };
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  } finally {
    vi.useRealTimers();
  }
});

test('an aborted signal lets nobody fall asleep', async () => {
  await expect(sleep(60_000, AbortSignal.abort('before'))).rejects.toBe('before');
});

test('a wait longer than a timer can hold does not fire at once', () => {
  vi.useFakeTimers();
  try {
    const spy = vi.spyOn(globalThis, 'setTimeout');
    void sleep(MAX_TIMER_MS * 10);
    expect(spy.mock.lastCall?.[1]).toBe(MAX_TIMER_MS);
  } finally {
    vi.restoreAllMocks();
    vi.useRealTimers();
  }
});
