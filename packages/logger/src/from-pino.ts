import { adapted } from './adapted.ts';
import type { ConductorLogger } from './conductor-logger.ts';
import { renamed } from './format-entry.ts';
import { ENTRY_LEVELS, type EntryLevel } from './log-level.ts';
import type { RedactOptions } from './redactor.ts';

/** The part of a pino logger that is used. */
export type PinoLike = Record<EntryLevel, (fields: object, message: string) => void> & {
  isLevelEnabled?(level: string): boolean;
};

/** pino writes a field of such a name beside its own, and the line then has the key twice. */
const TAKEN = ['level', 'time', 'pid', 'hostname', 'msg'] as const;

/**
 * Logs through pino. Its methods take the object first and drop one that comes second, so a pino logger passed as it is
 * would lose all fields.
 */
export function fromPino(pino: PinoLike, options: RedactOptions = {}): ConductorLogger {
  return adapted(ENTRY_LEVELS, options, (level, { message, fields }) => {
    return pino.isLevelEnabled?.(level) !== false && pino[level](renamed(fields(), TAKEN), message());
  });
}
