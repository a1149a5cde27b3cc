import type { ConductorLogger } from './conductor-logger.ts';
import { renamed } from './format-entry.ts';
import { plainFields, plainMessage } from './log-fields.ts';
import type { EntryLevel } from './log-level.ts';
import { createRedactor, type RedactOptions } from './redactor.ts';

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
  const redactor = createRedactor(options);
  const at =
    (level: EntryLevel) =>
    (message: string, fields?: object): void => {
      try {
        if (pino.isLevelEnabled?.(level) === false) return;
        pino[level](renamed(plainFields(fields, redactor), TAKEN), plainMessage(message, redactor));
      } catch {
        // A logger that fails must not take the call down with it.
      }
    };
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
