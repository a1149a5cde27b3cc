import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SETTINGS } from '../src/index.ts';
import { CODE_ONLY_FIELDS } from '../src/settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');

test('the first program prints what the README says', () => {
  const [, program = '', output] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CONDUCTOR_|FORCE_COLOR)/.test(name)),
  );
  const args = [
    '--conditions=@conductor-ts/source',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe(output);
});

test('the option table is the table of the code: name, variable, unit, default, allowed', () => {
  const rows = tableUnder('Options').map((row) => row.slice(0, 5));
  expect(rows).toEqual(
    SETTINGS.map(({ field, variable, unit, default: value, range }) => [
      field,
      variable,
      unit,
      String(value ?? ''),
      range,
    ]),
  );
});

test('every option says what it means', () => {
  for (const [name, , , , , meaning] of tableUnder('Options')) expect(meaning, name).toMatch(/\.$/);
});

test('the options of code alone are those of the code', () => {
  const [, rest = ''] = readme.split('In code only:');
  expect(rows(rest).map(([name]) => name)).toEqual(CODE_ONLY_FIELDS);
});

test('every link leads to a file', () => {
  const links = Array.from(readme.matchAll(/\]\((src\/[^)]+)\)/g), ([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(existsSync(root + link), link).toBe(true);
});

function tableUnder(heading: string): string[][] {
  return rows(readme.split(`## ${heading}`)[1] ?? '');
}

/** Cells of the first table of the text, without its head. */
function rows(text: string): string[][] {
  const table = /(?:^\|.*\n)+/m.exec(text)?.[0] ?? '';
  const lines = table.trim().split('\n').slice(2);
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}
