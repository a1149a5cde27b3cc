import { plainFields, plainMessage } from './log-fields.ts';
import type { EntryLevel } from './log-level.ts';
import type { PlainValue } from './plain-value.ts';
import { printable } from './printable.ts';
import { createRedactor, type RedactOptions } from './redactor.ts';
import { swallowRejection } from './swallow-rejection.ts';

/** One entry on its way to another logger: bounded, on one line and without secrets, once somebody looks at it. */
export interface AdaptedEntry {
  readonly message: () => string;
  readonly fields: () => { [key: string]: PlainValue };
  readonly hasFields: boolean;
}

type LogMethod = (message: string, fields?: object) => void;

/** A logger that hands its entries to another one. One that fails must not take the call down with it. */
export function adapted<Level extends EntryLevel>(
  levels: readonly Level[],
  options: RedactOptions,
  write: (level: Level, entry: AdaptedEntry) => unknown,
): Record<Level, LogMethod> {
  const redactor = createRedactor(options);
  const at =
    (level: Level): LogMethod =>
    (message, fields) => {
      try {
        swallowRejection(
          write(level, {
            message: () => printable(plainMessage(message, redactor)),
            fields: () => plainFields(fields, redactor),
            hasFields: fields !== undefined,
          }),
        );
      } catch {
        // Nowhere is left to tell it.
      }
    };
  return Object.fromEntries(levels.map((level) => [level, at(level)])) as Record<Level, LogMethod>;
}
