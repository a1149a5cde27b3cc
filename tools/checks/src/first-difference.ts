/** Lines around the first one that differs: enough to see what has changed. */
const SHOWN_LINES = 12;

/** Shows where two texts begin to differ, with the lines of both from there on. */
export function firstDifference(before: string, now: string): string {
  const old = before.split('\n');
  const fresh = now.split('\n');
  const at = fresh.findIndex((line, index) => line !== old[index]);
  const from = at === -1 ? fresh.length : at;
  const shown = (lines: readonly string[], sign: string): string[] =>
    lines.slice(from, from + SHOWN_LINES).map((line) => `${sign} ${line}`);
  return [`line ${from + 1}:`, ...shown(old, '-'), ...shown(fresh, '+')].join('\n');
}
