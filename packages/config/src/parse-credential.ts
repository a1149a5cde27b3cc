import { hasControlCharacter, type Parsed } from './parsed.ts';

/** Reads a key or a secret. White space around it (the newline at the end of a secret file) is gone already. */
export function parseCredential(raw: unknown): Parsed<string> {
  if (typeof raw !== 'string') return { trouble: 'the value is not text', advice: 'Give it as text.' };
  if (hasControlCharacter(raw)) {
    return {
      trouble: 'the value holds a control character',
      advice: 'Copy it again, as one line and without invisible characters.',
    };
  }
  return { value: raw };
}
