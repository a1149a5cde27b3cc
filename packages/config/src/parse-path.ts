import { parseText } from './parse-text.ts';
import type { Parsed } from './parsed.ts';

/** Reads the path of a file. Whether the file is there is seen when it is read. */
export function parsePath(raw: unknown): Parsed<string> {
  const advice = 'Give the path of a PEM file.';
  return typeof raw === 'string' && raw.startsWith('-----BEGIN')
    ? { trouble: 'the value is the content of a PEM file', advice }
    : parseText(raw, 'path', advice);
}
