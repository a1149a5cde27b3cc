/** Turns instants into the time on the wall and back, both as milliseconds: a wall time is the instant at which a UTC clock shows it. */
export interface TimeZone {
  toWall(instantMs: number): number;
  /** Of two instants with the same wall time the first; `undefined` for one that a clock change leaves out. */
  toInstant(wallMs: number): number | undefined;
}

/** `undefined`: there is no such zone. */
export function timeZone(id: string): TimeZone | undefined {
  if (id === 'UTC') return { toWall: (ms) => ms, toInstant: (ms) => ms };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: id, hourCycle: 'h23', ...FIELDS });
  } catch {
    return undefined;
  }
  const toWall = (instantMs: number): number => wallOf(format, instantMs);
  return {
    toWall,
    toInstant(wallMs) {
      // No zone changes its clock twice in two days, so one of these two distances from UTC is the right one.
      const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map((near) => toWall(near) - near);
      return offsets
        .map((offset) => wallMs - offset)
        .sort((a, b) => a - b)
        .find((instant) => toWall(instant) === wallMs);
    },
  };
}

const DAY_MS = 86_400_000;

const FIELDS: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
};

function wallOf(format: Intl.DateTimeFormat, instantMs: number): number {
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day, hour, minute, second } = parts;
  const milliseconds = ((instantMs % 1_000) + 1_000) % 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
}
