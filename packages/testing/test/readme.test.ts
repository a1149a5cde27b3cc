import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SERVER_DEFAULTS, type ServerSettings } from '../src/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');

test('the first program prints what the README says', () => {
  const [, program = '', output] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  // The oldest supported Node has no `using` declarations.
  expect(program).not.toMatch(/\busing /);
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  const args = ['--conditions=@conductor-ts/source', '--no-warnings', '--input-type=module', '-e', program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect([stdout, stderr, status]).toEqual([output, '', 0]);
});

test('the option table has the names and defaults of the code', () => {
  const documented: Record<keyof ServerSettings, string> = {
    ...(Object.fromEntries(
      Object.entries(SERVER_DEFAULTS).map(([name, value]) => [name, `${value as string | number | boolean}`]),
    ) as Record<keyof typeof SERVER_DEFAULTS, string>),
    keys: 'one new pair',
    clock: 'systemClock',
  };
  expect(Object.fromEntries(rows('Options').map(([, name, , value]) => [name, value]))).toEqual(documented);
});

test('the fault table has every kind of fault of the code', () => {
  const code = readFileSync(`${root}/src/faults/fault.ts`, 'utf8');
  const kinds = Array.from(code.matchAll(/readonly kind: (.*);/g), ([, kind = '']) => kind.split(' | ')).flat();
  const documented = rows('Faults').map(([, fault = '']) => `'${fault.split(',')[0]}'`);
  expect(kinds.filter((kind) => !documented.includes(kind))).toEqual([]);
});

test('every link leads to a file', () => {
  const links = Array.from(readme.matchAll(/\]\(((?:src|test)\/[^)]+)\)/g), ([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(existsSync(root + link), link).toBe(true);
});

/** The cells of the table under a heading, without code marks. */
function rows(heading: string): string[][] {
  const [, section = ''] = readme.split(`## ${heading}\n`);
  const table = /(?:^\|.*\n)+/m.exec(section)?.[0] ?? '';
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.replaceAll('`', '').trim()));
}
