import type { CronExpression } from './cron-expression.ts';
import type { TimeZone } from './time-zone.ts';

/** Leap days on a given weekday may be forty years apart. */
const LONGEST_SEARCH_MONTHS = 12 * 41;

/**
 * The first instant after `afterMs` at which an expression fires; `undefined` where there is none. A time that a zone
 * leaves out when its clocks go forward does not fire; one that it has twice fires once.
 */
export function nextFireTime(cron: CronExpression, zone: TimeZone, afterMs: number): number | undefined {
  let wall = nextWallTime(cron, zone.toWall(afterMs));
  while (wall !== undefined) {
    const instant = zone.toInstant(wall);
    if (instant !== undefined && instant > afterMs) return instant;
    wall = nextWallTime(cron, wall);
  }
  return undefined;
}

function nextWallTime(cron: CronExpression, afterMs: number): number | undefined {
  const after = new Date(afterMs);
  const [year, month, date] = [after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate()];
  for (let months = 0; months < LONGEST_SEARCH_MONTHS; months += 1) {
    const first = new Date(Date.UTC(year, month + months, 1));
    if (!cron.months.has(first.getUTCMonth() + 1)) continue;
    const days = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
    for (let day = months === 0 ? date : 1; day <= days; day += 1) {
      const midnight = Date.UTC(year, month + months, day);
      if (!cron.isDay(new Date(midnight))) continue;
      const second = firstSecond(cron, Math.floor((afterMs - midnight) / 1_000) + 1);
      if (second !== undefined) return midnight + second * 1_000;
    }
  }
  return undefined;
}

/** The first second of a day, from `earliest` on, at which it fires. */
function firstSecond({ hours, minutes, seconds }: CronExpression, earliest: number): number | undefined {
  for (const hour of hours) {
    if ((hour + 1) * 3_600 <= earliest) continue;
    for (const minute of minutes) {
      const start = hour * 3_600 + minute * 60;
      const second = start + 60 <= earliest ? undefined : seconds.find((one) => start + one >= earliest);
      if (second !== undefined) return start + second;
    }
  }
  return undefined;
}
