import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findErrorCodes } from '../src/find-error-codes.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/errors.md'), 'utf8');
const rows = Array.from(page.matchAll(/^\| `([A-Z][A-Z_]+)`\s*\|(.*)\|$/gm), ([, code = '', rest = '']) => ({
  code,
  cells: rest.split('|').map((cell) => cell.trim()),
}));

test('every code of an error has a row, and no row speaks of a code that there is not', () => {
  const codes = rows.map(({ code }) => code);
  // Made by users themselves: it has a sentence.
  expect([...codes, 'SDK_ERROR'].sort()).toEqual(findErrorCodes());
});

test('every row says the cause and what to do', () => {
  for (const { code, cells } of rows) {
    expect(cells.length, code).toBeGreaterThanOrEqual(2);
    for (const cell of cells) expect(cell, code).not.toBe('');
  }
});
