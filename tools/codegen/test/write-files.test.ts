import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFiles } from '../src/write-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codegen-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('files of an earlier run that are not made any more go away', () => {
  writeFileSync(join(folder, 'old.gen.ts'), '');
  writeFiles(folder, new Map([['new.gen.ts', 'text']]));
  expect(readdirSync(folder)).toEqual(['new.gen.ts']);
  expect(readFileSync(join(folder, 'new.gen.ts'), 'utf8')).toBe('text');
});

test('a file that is the same already keeps its time stamp', () => {
  const path = join(folder, 'a.gen.ts');
  writeFiles(folder, new Map([['a.gen.ts', 'text']]));
  utimesSync(path, 1_000, 1_000);
  writeFiles(folder, new Map([['a.gen.ts', 'text']]));
  expect(statSync(path).mtimeMs).toBe(1_000_000);
});
