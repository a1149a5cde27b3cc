import { expect, test } from 'vitest';
import { LOG_LEVELS, parseLogLevel } from '../src/index.ts';

test.each(Object.entries(LOG_LEVELS))('%s is read from its name in any case and from its number', (name, number) => {
  expect([name, name.toUpperCase(), ` ${name} `, number, String(number)].map(parseLogLevel)).toEqual(
    Array(5).fill(name),
  );
});

test.each([
  [0, 'trace'],
  [25, 'info'],
  [51, 'silent'],
  [Infinity, 'silent'],
] as const)('the number %d means %s, the lowest level that is not below it', (number, level) => {
  expect(parseLogLevel(number)).toBe(level);
});

test.each([['loud'], [''], ['-1'], [-1], [Number.NaN], [null], [undefined], [{}], ['constructor'], ['1e1']])(
  '%o is no level',
  (value) => {
    expect(parseLogLevel(value)).toBeUndefined();
  },
);
