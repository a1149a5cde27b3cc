import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSource } from '../src/read-source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-'));
  mkdirSync(join(folder, 'paths'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('files are read in the same order everywhere, those at the top first; other files are left alone', () => {
  for (const file of ['paths/b.yaml', 'paths/B.yaml', 'paths/a.yaml', 'z.yaml', 'notes.md']) {
    writeFileSync(join(folder, file), `name: ${file}\n`);
  }
  expect(readSource(folder)).toEqual(
    ['z.yaml', 'paths/B.yaml', 'paths/a.yaml', 'paths/b.yaml'].map((file) => ({ file, content: { name: file } })),
  );
});

test('a file that is no YAML is named, with the place of the fault', () => {
  writeFileSync(join(folder, 'paths/broken.yaml'), 'a: [1\nb: 2\n');
  expect(() => readSource(folder)).toThrow(/^paths\/broken\.yaml: is not valid YAML\. .*line 2/s);
});
