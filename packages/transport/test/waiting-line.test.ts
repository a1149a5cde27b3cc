import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../src/call.ts';
import { WaitingLine } from '../src/waiting-line.ts';

test('calls leave in the order in which they came, whoever gave up meanwhile', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (steps) => {
      const line = new WaitingLine(() => undefined);
      const calls = Array.from({ length: 10 }, call);
      let expected: Call[] = [];
      // Each number comes in when it is out, and gives up when it is in.
      for (const step of steps) {
        const one = calls[step] as Call;
        const isIn = expected.includes(one);
        expected = isIn ? expected.filter((other) => other !== one) : [...expected, one];
        if (isIn) line.drop(one);
        else line.add(one);
        expect([line.size, line.first]).toEqual([expected.length, expected[0]]);
      }
      expect(line.takeAll()).toEqual(expected);
      expect([line.size, line.first]).toEqual([0, undefined]);
    }),
  );
});

test('the last one that gives up is told of, and not one that found a connection', () => {
  let abandoned = 0;
  const line = new WaitingLine(() => (abandoned += 1));
  const [first, second, third] = [call(), call(), call()];
  for (const one of [first, second]) line.add(one);
  line.drop(second);
  line.remove(first);
  expect(abandoned).toBe(0);
  line.add(third);
  line.drop(third);
  expect(abandoned).toBe(1);
});

test('a call that is in no line is removed from none', () => {
  const line = new WaitingLine(() => undefined);
  const [first, second] = [call(), call()];
  line.add(first);
  line.remove(second);
  expect([line.size, line.first]).toEqual([1, first]);
});

test('a call that has left holds no other', () => {
  const line = new WaitingLine(() => undefined);
  const [first, second] = [call(), call()];
  for (const one of [first, second]) line.add(one);
  line.remove(first);
  expect([first.behind, second.ahead]).toEqual([undefined, undefined]);
});

/** A line needs nothing else of a call. */
function call(): Call {
  return { ahead: undefined, behind: undefined } as Call;
}
