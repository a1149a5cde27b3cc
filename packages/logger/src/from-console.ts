import { adapted } from './adapted.ts';
import type { ConductorLogger } from './conductor-logger.ts';
import type { EntryLevel } from './log-level.ts';
import type { RedactOptions } from './redactor.ts';

/** The part of a console that is used. */
export type ConsoleLike = Record<Exclude<EntryLevel, 'trace'>, (message: string, ...more: unknown[]) => void>;

/** Logs through a console. There is no `trace`: that of a console prints a stack. */
export function fromConsole(console: ConsoleLike, options: RedactOptions = {}): ConductorLogger {
  return adapted(['debug', 'info', 'warn', 'error'], options, (level, { message, fields, hasFields }) => {
    const text = message();
    // A % in the first argument would take the fields for its value; doubled it means itself, but only then.
    return hasFields ? console[level](text.replaceAll('%', '%%'), shownWhole(fields())) : console[level](text);
  });
}

/** Node's console stops at the third level of an object; this one asks for all (they are bounded already). */
function shownWhole(fields: object): object {
  return Object.defineProperty(fields, Symbol.for('nodejs.util.inspect.custom'), {
    value: (_depth: number, options: object, inspect: (value: object, options: object) => string) =>
      inspect({ ...fields }, { ...options, depth: Infinity }),
  });
}
