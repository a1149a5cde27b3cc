import { parseText } from './parse-text.ts';
import type { Parsed } from './parsed.ts';

/** Reads a key or a secret. White space around it (the newline at the end of a secret file) is gone already. */
export function parseCredential(raw: unknown): Parsed<string> {
  return parseText(raw, 'value', 'Give it as text.');
}
