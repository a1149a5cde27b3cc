import type { Parsed } from './parsed.ts';

const WORDS = /^(?:(true|1|yes)|false|0|no)$/i;

/** Reads a switch. A word that is neither yes nor no is a fault: a guess would switch the wrong way. */
export function parseFlag(raw: unknown): Parsed<boolean> {
  if (typeof raw === 'boolean') return { value: raw };
  const [word, yes] = (typeof raw === 'string' && WORDS.exec(raw)) || [];
  if (word !== undefined) return { value: yes !== undefined };
  return {
    trouble: 'the value is neither true nor false',
    advice: 'Give true or false (1, 0, yes and no are understood too).',
  };
}
