import type { EntryLevel } from './log-level.ts';
import { swallowRejection } from './swallow-rejection.ts';

/** Where lines go: a function, or anything with the `write` of a Node stream (which gets a newline at the end). */
export type LogDestination = ((line: string, level: EntryLevel) => unknown) | { write(line: string): unknown };

/** Writes one line. A destination that fails loses the line; it must not take the program down. */
export function writeLine(destination: LogDestination, line: string, level: EntryLevel): void {
  try {
    if (typeof destination === 'function') return swallowRejection(destination(line, level));
    // A write to an ended stream does not throw: it emits an error event that ends the process.
    if ('writable' in destination && destination.writable === false) return;
    swallowRejection((destination as StreamLike).write(`${line}\n`, (error) => error && awaitError(destination)));
  } catch {
    // Nowhere is left to tell it.
  }
}

/** The part of a Node stream that is used. */
interface StreamLike {
  write(line: string, done: (error?: unknown) => void): unknown;
  listenerCount?(event: 'error'): number;
  once?(event: 'error', listener: () => void): unknown;
}

/** The reader of a pipe has gone: the error event that now follows ends the process where nobody listens. */
function awaitError(stream: Partial<StreamLike>): void {
  if (stream.listenerCount?.('error') === 0) stream.once?.('error', () => {});
}

/**
 * Standard error: standard output belongs to the program, which may be piping its results. Where there is no such
 * stream (browsers, some workers) the console method of the level. Looked up at each line, as others may replace it.
 */
export function defaultDestination(line: string, level: EntryLevel): void {
  const stderr = globalThis.process?.stderr as { write?: unknown } | undefined;
  if (typeof stderr?.write === 'function') writeLine(stderr as { write(line: string): unknown }, line, level);
  // console.trace would print a stack with each line.
  else globalThis.console?.[level === 'trace' ? 'debug' : level](line);
}
