import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../src/call.ts';
import { LiveCalls } from '../src/live-calls.ts';

test('it holds each call that joined and has not left, once, whatever the order', () => {
  const step = fc.record({ join: fc.boolean(), which: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const calls = Array.from({ length: 10 }, () => ({ place: -1 }) as Call);
      const live = new LiveCalls();
      const expected = new Set<Call>();
      for (const { join, which } of steps) {
        const call = calls[which] as Call;
        if (join) {
          live.add(call);
          expected.add(call);
        } else {
          live.remove(call);
          expected.delete(call);
        }
        expect(live.size).toBe(expected.size);
      }
      expect(new Set(live.all())).toEqual(expected);
      expect(live.all()).toHaveLength(expected.size);
    }),
  );
});
