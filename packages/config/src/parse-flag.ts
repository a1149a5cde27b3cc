import type { Parsed } from './parsed.ts';

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);

/** Reads a switch. A word that is neither yes nor no is a fault: a guess would switch the wrong way. */
export function parseFlag(raw: unknown): Parsed<boolean> {
  const value = typeof raw === 'boolean' ? raw : typeof raw === 'string' ? WORDS.get(raw.toLowerCase()) : undefined;
  if (value !== undefined) return { value };
  return {
    trouble: 'the value is neither true nor false',
    advice: 'Give true or false (1, 0, yes and no are understood too).',
  };
}
