import type { Parsed } from './parsed.ts';

/** C0 and C1 controls: they split headers and requests, and are invisible in a terminal. */
const CONTROLS = /\p{Cc}/u;

/** With what a copy from a web page or a chat brings along unseen: zero-width spaces, soft hyphens, marks of direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;

/** Reads a text. `what` is what a reader calls it: the value, the path, the URL. */
export function parseText(raw: unknown, what: string, advice: string): Parsed<string> {
  if (typeof raw !== 'string') return { trouble: 'the value is not text', advice };
  // The name of a file may hold joiners: Persian words and some emoji do.
  if (!(what === 'path' ? CONTROLS : INVISIBLE).test(raw)) return { value: raw };
  return {
    trouble: `the ${what} holds a control character`,
    advice: 'Copy it again, as one line and without invisible characters.',
  };
}
