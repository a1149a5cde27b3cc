import { expect, test } from 'vitest';
import { ManualClock, systemClock } from '../src/clock.ts';

test('a manual clock runs due timers at their own instants, in order', async () => {
  const clock = new ManualClock(0);
  const ran: [string, number][] = [];
  clock.setTimer(() => ran.push(['later', clock.now()]), 20);
  clock.setTimer(() => ran.push(['sooner', clock.now()]), 10);
  clock.setTimer(() => ran.push(['not yet', clock.now()]), 31);
  await clock.advance(30);
  expect(ran).toEqual([
    ['sooner', 10],
    ['later', 20],
  ]);
  expect(clock.now()).toBe(30);
});

test('a timer that sets a timer is followed within the same advance', async () => {
  const clock = new ManualClock(0);
  const ran: number[] = [];
  clock.setTimer(() => clock.setTimer(() => ran.push(clock.now()), 5), 5);
  await clock.advance(10);
  expect(ran).toEqual([10]);
});

test('promises that a timer settles run before the next timer', async () => {
  const clock = new ManualClock(0);
  const ran: string[] = [];
  const settled = new Promise<void>((resolve) => clock.setTimer(resolve, 1)).then(() => ran.push('promise'));
  clock.setTimer(() => ran.push('timer'), 2);
  await clock.advance(2);
  await settled;
  expect(ran).toEqual(['promise', 'timer']);
});

test('a cancelled timer does not run', async () => {
  const clock = new ManualClock(0);
  let ran = false;
  clock.setTimer(() => (ran = true), 1).cancel();
  await clock.advance(5);
  expect(ran).toBe(false);
});

test('the system clock takes a delay beyond what a timer can hold without firing at once', () => {
  let ran = false;
  const timer = systemClock.setTimer(() => (ran = true), 1e12);
  timer.cancel();
  expect(ran).toBe(false);
});
