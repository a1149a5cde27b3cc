import { expect, test } from 'vitest';
import { ageMs, createClock } from '../src/clock.ts';

test('a sleep that has ended is proof that its time has passed', () => {
  let monotonicMs = 10;
  const clock = createClock(
    () => 0,
    () => monotonicMs,
  );
  clock.reached(50);
  clock.reached(20);
  expect(clock.read()).toEqual({ wallMs: 0, monotonicMs: 50 });
  monotonicMs = 60;
  expect(clock.read()).toEqual({ wallMs: 0, monotonicMs: 60 });
});

test('the clock on which more time has passed counts', () => {
  const since = { wallMs: 1_000, monotonicMs: 3 };
  expect(ageMs(since, { wallMs: 9_000, monotonicMs: 5 })).toBe(8_000);
  expect(ageMs(since, { wallMs: 0, monotonicMs: 5 })).toBe(2);
});
