/** The levels of an entry. */
export type EntryLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

export const ENTRY_LEVELS: readonly EntryLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** The level of a logger: entries below it are not written. `silent` writes none. */
export type LogLevel = EntryLevel | 'silent';

/** The numbers are those of pino, so that one setting serves both. */
export const LOG_LEVELS: Readonly<Record<LogLevel, number>> = Object.freeze({
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  silent: 60,
});

/**
 * Reads a level: a name in any case, or a number on the scale of `LOG_LEVELS` as number or digits. A number
 * between two levels means the higher one: 25 writes info and above. `undefined` where it is neither.
 */
export function parseLogLevel(value: unknown): LogLevel | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  const number = typeof word === 'string' && /^\d{1,9}$/.test(word) ? Number(word) : word;
  if (typeof number === 'number') return number >= 0 ? lowestAtLeast(number) : undefined;
  return isLogLevel(word) ? word : undefined;
}

function lowestAtLeast(number: number): LogLevel {
  const names = Object.keys(LOG_LEVELS).filter(isLogLevel);
  return names.find((name) => LOG_LEVELS[name] >= number) ?? 'silent';
}

function isLogLevel(value: unknown): value is LogLevel {
  return typeof value === 'string' && Object.hasOwn(LOG_LEVELS, value);
}
