import { hasControlCharacter, type Parsed } from './parsed.ts';

/** Reads the path of a file. Whether the file is there is seen when it is read. */
export function parsePath(raw: unknown): Parsed<string> {
  const advice = 'Give the path of a PEM file.';
  if (typeof raw !== 'string') return { trouble: 'the value is not text', advice };
  if (raw.startsWith('-----BEGIN')) return { trouble: 'the value is the content of a PEM file', advice };
  if (hasControlCharacter(raw)) return { trouble: 'the path holds a control character', advice };
  return { value: raw };
}
