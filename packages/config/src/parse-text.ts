import { hasControlCharacter, type Parsed } from './parsed.ts';

/** Reads a text. `what` is what a reader calls it: the value, the path, the URL. */
export function parseText(raw: unknown, what: string, advice: string): Parsed<string> {
  if (typeof raw !== 'string') return { trouble: 'the value is not text', advice };
  if (!hasControlCharacter(raw)) return { value: raw };
  return {
    trouble: `the ${what} holds a control character`,
    advice: 'Copy it again, as one line and without invisible characters.',
  };
}
