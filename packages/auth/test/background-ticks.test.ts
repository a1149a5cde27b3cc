import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBackgroundTicks } from '../src/background-ticks.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it ticks from start to stop, each time after the wait that is asked for then', () => {
  const tick = vi.fn();
  const waits = [10, 20, 30];
  const ticks = createBackgroundTicks(tick, () => waits.shift() ?? 1_000);
  vi.advanceTimersByTime(5_000);
  expect(tick).toHaveBeenCalledTimes(0);
  ticks.start();
  vi.advanceTimersByTime(9);
  expect(tick).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(21);
  expect(tick).toHaveBeenCalledTimes(2);
  ticks.stop();
  vi.advanceTimersByTime(5_000);
  expect(tick).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('a new plan takes the place of the old one, and begins nothing where nothing runs', () => {
  const tick = vi.fn();
  let wait = 1_000;
  const ticks = createBackgroundTicks(tick, () => wait);
  ticks.reschedule();
  expect(vi.getTimerCount()).toBe(0);
  ticks.start();
  wait = 5;
  ticks.reschedule();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(5);
  expect(tick).toHaveBeenCalledTimes(1);
  ticks.stop();
});
