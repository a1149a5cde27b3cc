import type { EntryLevel } from './log-level.ts';
import type { PlainValue } from './plain-value.ts';
import { printable } from './printable.ts';

/** One entry, already plain, bounded and without secrets. */
export interface LogEntry {
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly level: EntryLevel;
  /** Absent where there are no processes. */
  readonly pid: number | undefined;
  readonly tags: readonly string[];
  readonly message: string;
  readonly fields: { readonly [key: string]: PlainValue };
}

/** One JSON object on one line. A field with the name of a part of the entry gets an underscore behind it. */
export function formatJson(entry: LogEntry): string {
  const { fields, ...parts } = entry;
  const line = JSON.stringify({
    ...parts,
    tags: parts.tags.length === 0 ? undefined : parts.tags,
    ...renamed(fields, ENTRY_PARTS),
  });
  // JSON escapes C0 controls only; the rest of them are equally valid as escapes.
  return printable(line);
}

const ENTRY_PARTS = ['time', 'level', 'pid', 'tags', 'message'] as const;

/** `2026-01-31T12:00:00.000Z WARN  [tag] message key=value other="two words"` */
export function formatText(entry: LogEntry): string {
  const tags = entry.tags.map((tag) => `[${tag}] `).join('');
  const fields = Object.entries(entry.fields).map(([key, value]) => ` ${bareOrQuoted(key)}=${bareOrQuoted(value)}`);
  return printable(`${entry.time} ${entry.level.toUpperCase().padEnd(5)} ${tags}${entry.message}${fields.join('')}`);
}

function bareOrQuoted(value: PlainValue): string {
  return typeof value === 'string' && /^[^\s"'=[\]{}\\]+$/.test(value) ? value : JSON.stringify(value);
}

/** The fields, with an underscore behind each name that is taken. */
export function renamed(fields: LogEntry['fields'], taken: readonly string[]): Record<string, PlainValue> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [taken.includes(key) ? `${key}_` : key, value]),
  );
}
