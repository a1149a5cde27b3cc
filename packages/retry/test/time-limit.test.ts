import { expect, test } from 'vitest';
import { deadlineAfter, nearestLimit } from '../src/time-limit.ts';

const now = (): number => 100;

test('the nearer of timeout and deadline bounds a step; at the same instant it is the deadline', () => {
  const deadline = { atMs: 150, totalTimeoutMs: 80 };
  const total = { code: 'TOTAL_TIMEOUT', timeoutMs: 80, remainingMs: 50 };
  expect(nearestLimit(51, deadline, 100)).toEqual(total);
  expect(nearestLimit(50, deadline, 100)).toEqual(total);
  expect(nearestLimit(0, deadline, 100)).toEqual(total);
  expect(nearestLimit(49, deadline, 100)).toEqual({ code: 'ATTEMPT_TIMEOUT', timeoutMs: 49, remainingMs: 49 });
  expect(nearestLimit(49, undefined, 100)).toEqual({ code: 'ATTEMPT_TIMEOUT', timeoutMs: 49, remainingMs: 49 });
  expect(nearestLimit(0, undefined, 100)).toBeUndefined();
});

test('what has gone already is taken off the whole time', () => {
  expect(deadlineAfter(50, now, 20)).toEqual({ atMs: 130, totalTimeoutMs: 50 });
  expect(deadlineAfter(0, now)).toBeUndefined();
});
