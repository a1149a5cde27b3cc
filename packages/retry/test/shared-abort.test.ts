import { getEventListeners } from 'node:events';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AbortListener, SharedAbort } from '../src/shared-abort.ts';

test('a signal has one listener, however many listen, and none when all have left', () => {
  const { signal } = new AbortController();
  const listeners = Array.from({ length: 1_000 }, () => listener());
  for (const one of listeners) SharedAbort.of(signal).add(one);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  for (const one of listeners) SharedAbort.of(signal).remove(one);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('whoever listens hears of the abort once, and whoever has left does not', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (steps) => {
      const controller = new AbortController();
      const all = Array.from({ length: 21 }, () => listener());
      const inside = new Set<number>();
      // Each number comes in when it is out, and leaves when it is in.
      for (const step of steps) {
        const one = all[step] as Recorder;
        if (inside.delete(step)) SharedAbort.of(controller.signal).remove(one);
        else {
          inside.add(step);
          SharedAbort.of(controller.signal).add(one);
        }
      }
      controller.abort();
      expect(all.map(({ heard }) => heard)).toEqual(all.map((_, index) => (inside.has(index) ? 1 : 0)));
    }),
  );
});

test('those who leave when they hear of it keep nobody else from hearing', () => {
  const controller = new AbortController();
  const shared = SharedAbort.of(controller.signal);
  const all: Recorder[] = Array.from({ length: 5 }, () => listener((one) => shared.remove(one)));
  for (const one of all) shared.add(one);
  controller.abort();
  expect(all.map(({ heard }) => heard)).toEqual([1, 1, 1, 1, 1]);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('leaving twice takes nobody else out', () => {
  const controller = new AbortController();
  const shared = SharedAbort.of(controller.signal);
  const [first, second] = [listener(), listener()];
  shared.add(first);
  shared.add(second);
  shared.remove(first);
  shared.remove(first);
  controller.abort();
  expect([first.heard, second.heard]).toEqual([0, 1]);
});

interface Recorder extends AbortListener {
  heard: number;
}

function listener(onAbort?: (self: Recorder) => void): Recorder {
  return {
    place: -1,
    heard: 0,
    handleEvent() {
      this.heard += 1;
      onAbort?.(this);
    },
  };
}
