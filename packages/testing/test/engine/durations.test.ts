import { expect, test } from 'vitest';
import { parseDurationMs, parseInstantMs } from '../../src/engine/durations.ts';

test.each([
  ['2 seconds', 2_000],
  ['1 days 2 hours 3 minutes 4 seconds', 93_784_000],
  ['1h 30m', 5_400_000],
  ['5s', 5_000],
])('%j is %i ms', (text, ms) => {
  expect(parseDurationMs(text, 0)).toBe(ms);
});

test.each(['', 'soon', '5', '5 parsecs'])('%j is no duration', (text) => {
  expect(parseDurationMs(text, 0)).toBeUndefined();
});

test.each([
  ['2030-01-31', '2030-01-31T00:00:00Z'],
  ['2030-01-31 12:30', '2030-01-31T12:30:00Z'],
  ['2030-01-31 12:30 GMT', '2030-01-31T12:30:00Z'],
  ['2030-01-31 12:30 +02:00', '2030-01-31T10:30:00Z'],
  ['2030-01-31 12:30 GMT+02:00', '2030-01-31T10:30:00Z'],
])('%j is an instant', (text, iso) => {
  expect(parseInstantMs(text)).toBe(Date.parse(iso));
});

test.each(['', 'tomorrow', '31.1.2030'])('%j is no instant', (text) => {
  expect(parseInstantMs(text)).toBeUndefined();
});
