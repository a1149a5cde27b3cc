const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

const PART = /(\d+)\s*(days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\s*/gy;

/** The end of a duration such as `2 seconds` or `1 days 2 hours`, counted from `nowMs`. */
export function parseDurationMs(text: string, nowMs: number): number | undefined {
  const trimmed = text.trim();
  let totalMs = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < trimmed.length) {
    const part = PART.exec(trimmed);
    if (!part) return undefined;
    totalMs += Number(part[1]) * (UNIT_MS[(part[2] ?? '').charAt(0)] ?? 0);
  }
  return trimmed === '' ? undefined : nowMs + totalMs;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?(?:\s*(Z|UTC|GMT|(?:GMT)?[+-]\d{2}:?\d{2}))?$/;

/** An instant such as `2030-01-31 12:00 UTC`; a zone that is not given is the server's, and here that is UTC. */
export function parseInstantMs(text: string): number | undefined {
  const match = INSTANT.exec(text.trim());
  if (!match) return undefined;
  const [, day, time = '00:00', zone = 'Z'] = match;
  const ms = Date.parse(`${day}T${time}${/^[A-Z]+$/.test(zone) ? 'Z' : zone.replace('GMT', '')}`);
  return Number.isNaN(ms) ? undefined : ms;
}
