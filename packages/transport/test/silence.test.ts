import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { listen } from '../src/silence.ts';

const LIMITS = { intervalMs: 100, graceMs: 50 };

test('a connection that stays silent is probed once, then dead', () => {
  const traffic = { bytes: 10, heardAt: 0, probedAt: 0 };
  expect(listen(traffic, 10, 99, LIMITS)).toBe('wait');
  expect(listen(traffic, 10, 100, LIMITS)).toBe('probe');
  traffic.probedAt = 100;
  expect(listen(traffic, 10, 149, LIMITS)).toBe('wait');
  expect(listen(traffic, 10, 150, LIMITS)).toBe('dead');
});

test('any byte after the probe proves life', () => {
  const traffic = { bytes: 10, heardAt: 0, probedAt: 100 };
  expect(listen(traffic, 11, 160, LIMITS)).toBe('wait');
  expect(traffic).toEqual({ bytes: 11, heardAt: 160, probedAt: 0 });
});

test('an interval of 0 never probes', () => {
  expect(listen({ bytes: 0, heardAt: 0, probedAt: 0 }, 0, 1e9, { intervalMs: 0, graceMs: 50 })).toBe('wait');
});

test('a connection that answers every probe within the grace time is never dead', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 49 }), { maxLength: 200 }), (steps) => {
      const traffic = { bytes: 0, heardAt: 0, probedAt: 0 };
      let [now, bytes] = [1, 0];
      for (const step of steps) {
        now += step;
        // The answer to the last probe is there by now.
        if (traffic.probedAt !== 0) bytes += 1;
        const verdict = listen(traffic, bytes, now, LIMITS);
        expect(verdict).not.toBe('dead');
        if (verdict === 'probe') traffic.probedAt = now;
      }
    }),
  );
});
