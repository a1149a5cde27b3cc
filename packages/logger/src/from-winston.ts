import { adapted } from './adapted.ts';
import type { ConductorLogger } from './conductor-logger.ts';
import { renamed } from './format-entry.ts';
import { ENTRY_LEVELS, type EntryLevel } from './log-level.ts';
import type { RedactOptions } from './redactor.ts';

/** The part of a winston logger that is used. */
export interface WinstonLike {
  log(entry: { level: string; message: string; [field: string]: unknown }): unknown;
  /** The level names of this logger: npm's by default, syslog's or the user's own on request. */
  readonly levels?: Readonly<Record<string, number>>;
  isLevelEnabled?(level: string): boolean;
}

/** Names of a level in the sets that people use with winston, the best first. */
const NAMES: Readonly<Record<EntryLevel, readonly string[]>> = {
  trace: ['trace', 'silly', 'debug'],
  debug: ['debug', 'verbose'],
  info: ['info', 'notice'],
  warn: ['warn', 'warning'],
  error: ['error', 'err'],
};

const TAKEN = ['level', 'message', 'timestamp', 'splat'] as const;

/** Logs through winston, under the level names that this logger has. */
export function fromWinston(winston: WinstonLike, options: RedactOptions = {}): ConductorLogger {
  return adapted(ENTRY_LEVELS, options, (level, { message, fields }) => {
    const levels = winston.levels;
    const name = NAMES[level].find((name) => levels === undefined || Object.hasOwn(levels, name)) ?? level;
    if (winston.isLevelEnabled?.(name) === false) return undefined;
    // One object: in the form (message, object) winston glues a field named message to the message, and its splat
    // format takes the object for a % in the text.
    return winston.log({ ...renamed(fields(), TAKEN), level: name, message: message() });
  });
}
