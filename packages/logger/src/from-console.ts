import type { ConductorLogger } from './conductor-logger.ts';
import { plainFields, plainMessage } from './log-fields.ts';
import type { EntryLevel } from './log-level.ts';
import { printable } from './printable.ts';
import { createRedactor, type RedactOptions } from './redactor.ts';

/** The part of a console that is used. */
export type ConsoleLike = Record<Exclude<EntryLevel, 'trace'>, (message: string, ...more: unknown[]) => void>;

/** Logs through a console. There is no `trace`: that of a console prints a stack. */
export function fromConsole(console: ConsoleLike, options: RedactOptions = {}): ConductorLogger {
  const redactor = createRedactor(options);
  const at =
    (level: keyof ConsoleLike) =>
    (message: string, fields?: object): void => {
      try {
        const text = printable(plainMessage(message, redactor));
        // A % in the first argument would take the fields for its value; doubled it means itself, but only then.
        if (fields === undefined) console[level](text);
        else console[level](text.replaceAll('%', '%%'), shownWhole(plainFields(fields, redactor)));
      } catch {
        // A logger that fails must not take the call down with it.
      }
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Node's console stops at the third level of an object; this one asks for all (they are bounded already). */
function shownWhole(fields: object): object {
  return Object.defineProperty(fields, Symbol.for('nodejs.util.inspect.custom'), {
    value: (_depth: number, options: object, inspect: (value: object, options: object) => string) =>
      inspect({ ...fields }, { ...options, depth: Infinity }),
  });
}
