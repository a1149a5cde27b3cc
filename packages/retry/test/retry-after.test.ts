import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter, retryAfterMs } from '../src/retry-after.ts';

/** Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110. */
const EXAMPLE_MS = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each([
  ['0', 0],
  ['3', 3_000],
  [' 120 ', 120_000],
  ['1000000000', 1e12],
  ['9999999999999999', Number.MAX_SAFE_INTEGER],
  ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
])('seconds: %j', (value, expected) => {
  expect(parseRetryAfter(value, 0)).toBe(expected);
});

test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  'each of the three forms of a date is read: %s',
  (value) => {
    expect(parseRetryAfter(value, EXAMPLE_MS - 5_000)).toBe(5_000);
  },
);

test('a date in the past means now', () => {
  expect(parseRetryAfter('Sun, 06 Nov 1994 08:49:37 GMT', EXAMPLE_MS + 1)).toBe(0);
});

test('a year of two digits is at most 50 years ahead', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(parseRetryAfter('Tuesday, 06-Jan-76 00:00:00 GMT', now)).toBe(Date.UTC(2076, 0, 6) - now);
  expect(parseRetryAfter('Thursday, 06-Jan-77 00:00:00 GMT', now)).toBe(0);
});

test.each([
  'soon',
  '-1',
  '3, 5',
  '1.5',
  '1e3',
  '0x10',
  '',
  '٣',
  '2026-01-01T00:00:00Z',
  'Sun, 06 Nov 1994 08:49:37 CET',
  'Sun, 31 Feb 2026 08:49:37 GMT',
  'Sun, 06 Nov 1994 24:00:00 GMT',
  'Sun, 06 Nov 1994 23:60:00 GMT',
  'Sun, 06 Nov 1994 23:59:61 GMT',
  'Sun, 00 Nov 1994 08:49:37 GMT',
])('anything else says nothing: %j', (value) => {
  expect(parseRetryAfter(value, 0)).toBeUndefined();
});

test('a leap second is a second', () => {
  expect(parseRetryAfter('Sat, 31 Dec 2016 23:59:60 GMT', Date.UTC(2016, 11, 31, 23, 59, 59))).toBe(1_000);
});

test('a four-digit year below 100 is that year, not 19xx', () => {
  expect(parseRetryAfter('Sun, 06 Nov 0094 08:49:37 GMT', 0)).toBe(0);
});

test('the RateLimit field is read where there is no Retry-After: the longest reset of an empty quota', () => {
  const headers = new Headers({ ratelimit: '"burst";r=0;t=5, "daily";r=0;t=30, "other";r=9;t=99' });
  expect(retryAfterMs(headers, 0)).toBe(30_000);
});

test('Retry-After wins over RateLimit, also when it is 0 or says nothing', () => {
  const ratelimit = '"burst";r=0;t=5';
  expect(retryAfterMs(new Headers({ 'retry-after': '0', ratelimit }), 0)).toBe(0);
  expect(retryAfterMs(new Headers({ 'retry-after': 'soon', ratelimit }), 0)).toBeUndefined();
});

test('no header, no wait', () => {
  expect(retryAfterMs(new Headers(), 0)).toBeUndefined();
  expect(retryAfterMs(new Headers({ ratelimit: 'garbage;t=x' }), 0)).toBeUndefined();
});

test('never: a throw, NaN or a negative wait, whatever the header says', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (value, nowMs) => {
      for (const ms of [parseRetryAfter(value, nowMs), retryAfterMs({ get: () => value }, nowMs)]) {
        if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('never: a date other than the one JavaScript itself writes', () => {
  const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      const whole = Math.floor(date.getTime() / 1_000) * 1_000;
      expect(parseRetryAfter(date.toUTCString(), 0)).toBe(whole);
    }),
  );
});

test.each([
  ['"a";r=10;t=5', undefined],
  ['"a";t=5;r=9', undefined],
  ['"a"; r=9 ; t=5', undefined],
  ['"a"; t=30 ;r=0', 30_000],
  ['"a"; r=0; t=30', 30_000],
  ['"a";r=0;t=3x', undefined],
  [`"${'a'.repeat(1_000)}";r=0;t=5`, undefined],
])('the RateLimit field %s means %s', (ratelimit, expected) => {
  expect(retryAfterMs(new Headers({ ratelimit }), 0)).toBe(expected);
});

test.each(['Tue, 00 Mar 2026', 'Sat, 31 Apr 2026', 'Sun, 29 Feb 2026', 'Mon, 99 Jan 2026'])('there is no %s', (date) =>
  expect(parseRetryAfter(`${date} 00:00:00 GMT`, 0)).toBeUndefined(),
);

test.each([
  'xSun, 06 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:49:37 GMT+2',
  'xSunday, 06-Nov-94 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT+2',
  'xSun Nov  6 08:49:37 1994',
  'Sun Nov  6 08:49:37 19941',
  'Sun Nov x6 08:49:37 1994',
])('what only holds a date is none: %s', (value) => {
  expect(parseRetryAfter(value, EXAMPLE_MS - 5_000)).toBeUndefined();
});
