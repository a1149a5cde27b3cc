import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../src/error-codes.ts';
import * as transportPackage from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the first program prints what the README says', async () => {
  const [, program = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const [, expected = ''] = /prints\n\n```\n(.*?)```/s.exec(readme) ?? [];
  const body = program.replace(/^import \{ (.*?) \} from '.*?';/, 'const { $1 } = names;');
  const lines: string[] = [];
  const output = { log: (...words: unknown[]) => void lines.push(`${words.join(' ')}\n`) };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...source: string[]
  ) => (names: object, console: object) => Promise<void>;
  await new AsyncFunction('names', 'console', body)(transportPackage, output);
  expect(lines.join('')).toBe(expected);
});

test('the table of options has the names and defaults of the code', () => {
  const [, table = ''] = /## Options\n(.*?)\n\nWithout/s.exec(readme) ?? [];
  const rows = [...table.matchAll(/^\| `(\w+)` *\|[^|]*\| `(.*?)` *\|/gm)].map(([, name, value]) => [name, value]);
  const defaults = Object.entries(transportPackage.TRANSPORT_DEFAULTS).map(([name, value]) => [
    name,
    typeof value === 'string' ? `'${value}'` : String(value),
  ]);
  expect(rows).toEqual(defaults);
});

test('the table of errors has every code', () => {
  const codes = [...readme.matchAll(/^\| ([A-Z_0-9]+) *\|/gm)].map(([, code]) => code);
  expect(codes).toEqual(Object.keys(ERROR_CODES));
});

test('every link of the README leads to a file', () => {
  for (const [, path = ''] of readme.matchAll(/\]\((src\/.*?)\)/g))
    expect(() => readFileSync(new URL(`../${path}`, import.meta.url))).not.toThrow();
});
