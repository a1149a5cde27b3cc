import type { Parsed } from './parsed.ts';

/** Levels of the default logger with their numbers, in rising order. */
const LEVELS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, silent: 60 } as const;

export type LogLevelName = keyof typeof LEVELS;

/** Reads a level name in any case, or a number: the lowest level that is not below it. */
export function parseLevel(raw: unknown): Parsed<LogLevelName> {
  const names = Object.keys(LEVELS) as LogLevelName[];
  const word = typeof raw === 'string' ? raw.toLowerCase() : raw;
  const number = typeof word === 'string' && /^\d{1,9}$/.test(word) ? Number(word) : word;
  const value =
    typeof number === 'number' && number >= 0
      ? (names.find((name) => LEVELS[name] >= number) ?? 'silent')
      : names.find((name) => name === word);
  if (value !== undefined) return { value };
  return {
    trouble: 'the value is no log level',
    advice: `Give one of ${names.join(', ')}, or a number from ${LEVELS.trace} to ${LEVELS.silent}.`,
  };
}
