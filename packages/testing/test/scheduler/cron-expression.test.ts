import { expect, test } from 'vitest';
import { parseCron } from '../../src/scheduler/cron-expression.ts';
import { nextFireTime } from '../../src/scheduler/next-fire-time.ts';
import { timeZone } from '../../src/scheduler/time-zone.ts';

const WEDNESDAY = '2026-11-25T00:00:00';

/** The first times from that Wednesday on, as the released server 3.32.3 gave them. */
const RECORDED: readonly (readonly [cron: string, ...times: string[]])[] = [
  ['0 0 0 L * ?', '2026-11-30', '2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31'],
  ['0 0 12 15W * *', '2026-12-15T12:00', '2027-01-15T12:00', '2027-02-15T12:00', '2027-03-15T12:00'],
  ['0 0 0 31W * *', '2026-12-31', '2027-03-31', '2027-05-31', '2027-07-30', '2027-08-31'],
  ['0 0 0 ? * 5L', '2026-11-27', '2026-12-25', '2027-01-29', '2027-02-26', '2027-03-26'],
  ['0 0 0 ? * MON#1', '2026-12-07', '2027-01-04', '2027-02-01', '2027-03-01', '2027-04-05'],
  ['0 0 0 L-3 * *', '2026-11-27', '2026-12-28', '2027-01-28', '2027-02-25', '2027-03-28'],
  ['0 0 0 LW * *', '2026-11-30', '2026-12-31', '2027-01-29', '2027-02-26', '2027-03-31'],
  ['0 0/30 8-10 * * MON-FRI', '2026-11-25T08:00', '2026-11-25T08:30', '2026-11-25T09:00', '2026-11-25T09:30'],
  ['0 0 0 1 JAN,jul *', '2027-01-01', '2027-07-01', '2028-01-01', '2028-07-01', '2029-01-01'],
  ['0 0 0 * * 7', '2026-11-29', '2026-12-06', '2026-12-13'],
  ['0 0 0 * * 0', '2026-11-29', '2026-12-06', '2026-12-13'],
  ['0 0 0 13 * FRI', '2027-08-13', '2028-10-13', '2029-04-13', '2029-07-13', '2030-09-13'],
  ['0 0 0 * * SUN-TUE', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-06'],
  ['0 0 0 * * 1-5,7', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-29', '2026-11-30'],
  ['@hourly', '2026-11-25', '2026-11-25T01:00', '2026-11-25T02:00'],
  ['@weekly', '2026-11-29', '2026-12-06'],
  ['@midnight', '2026-11-25', '2026-11-26'],
  ['0 0 0 29 2 *', '2028-02-29', '2032-02-29', '2036-02-29', '2040-02-29', '2044-02-29'],
  ['0 0 0 29 2 MON', '2044-02-29', '2072-02-29', '2112-02-29', '2140-02-29', '2168-02-29'],
  [' 0  0 0 * * * ', '2026-11-25', '2026-11-26'],
  ['0 5/20 * * * *', '2026-11-25T00:05', '2026-11-25T00:25', '2026-11-25T00:45', '2026-11-25T01:05'],
  ['*/10,5 * * * * *', '2026-11-25T00:00', '2026-11-25T00:00:05', '2026-11-25T00:00:10', '2026-11-25T00:00:20'],
  ['0 0 0 30 2 *'],
  ['0 0 0 1 1 5#6'],
];

test.each(RECORDED.map(([cron, ...times]) => ({ cron, times })))(
  '$cron fires as on the real server',
  ({ cron, times }) => {
    // A date alone means its midnight.
    const wanted = times.map((time) => Date.parse(time.includes('T') ? `${time}Z` : time));
    expect(firstTimes(cron, Math.max(times.length, 1))).toEqual(wanted);
  },
);

test.each([
  '0 0 * * *',
  '0 0 0 * * * *',
  'nonsense',
  '',
  '@reboot',
  '61 0 * * * *',
  '0 0 25 * * *',
  '0 0 0 32 * *',
  '0 0 0 * 13 *',
  '5-1 0 0 * * *',
  '0/0 0 0 * * *',
  '? 0 0 * * *',
  '0 0 0 ? ? ?',
  '0 0 0 * * FRI-MON',
  '0 0 22-2 * * *',
  '0,, 0 0 * * *',
  '0 0 0 40W * *',
  '0 0 0 * * MON#0',
])('%j is no cron expression', (cron) => {
  expect(parseCron(cron)).toBeUndefined();
});

test('in a zone it fires by the time on the wall there, before and after the clocks change', () => {
  const times = ['2026-10-24T00:00Z', '2026-10-25T12:00Z'].map(
    (from) => firstTimes('0 0 9 * * *', 1, from, 'Europe/Berlin')[0],
  );
  expect(times).toEqual([Date.parse('2026-10-24T07:00Z'), Date.parse('2026-10-26T08:00Z')]);
  expect(firstTimes('0 0 0 1 1 *', 1, '2026-12-01T00:00Z', 'Asia/Kolkata')).toEqual([Date.parse('2026-12-31T18:30Z')]);
});

test('a time that the clocks leave out does not fire, one that they repeat fires once', () => {
  const spring = firstTimes('0 30 2 * * *', 2, '2026-03-28T00:00Z', 'Europe/Berlin');
  expect(spring).toEqual([Date.parse('2026-03-28T01:30Z'), Date.parse('2026-03-30T00:30Z')]);
  const autumn = firstTimes('0 30 2 * * *', 2, '2026-10-24T12:00Z', 'Europe/Berlin');
  expect(autumn).toEqual([Date.parse('2026-10-25T00:30Z'), Date.parse('2026-10-26T01:30Z')]);
});

test('a zone that there is not is none', () => {
  expect(timeZone('Mars/Olympus')).toBeUndefined();
});

function firstTimes(text: string, count: number, from = `${WEDNESDAY}Z`, zoneId = 'UTC'): number[] {
  const cron = parseCron(text);
  const zone = timeZone(zoneId);
  if (cron === undefined || zone === undefined) throw new Error(`${text} in ${zoneId} cannot be read`);
  const times: number[] = [];
  let after = Date.parse(from) - 1;
  for (let found = 0; found < count; found += 1) {
    const next = nextFireTime(cron, zone, after);
    if (next === undefined) break;
    times.push(next);
    after = next;
  }
  return times;
}
