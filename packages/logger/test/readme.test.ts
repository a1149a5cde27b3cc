import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_LOGGER_DEFAULTS, type DefaultLoggerOptions } from '../src/index.ts';
import { PLAIN_LIMITS } from '../src/plain-value.ts';
import { SHORTEST_SECRET } from '../src/secret-forms.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');

test('the first program prints what the README says', () => {
  const [, program = '', output] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  const { CONDUCTOR_LOG_LEVEL: _, ...env } = process.env;
  const args = [
    '--conditions=@conductor-ts/source',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(timeless(stderr)).toBe(timeless(output ?? ''));
});

test('the option table has the names and defaults of the code', () => {
  const documented: Required<{ [K in keyof DefaultLoggerOptions]: string }> = {
    level: DEFAULT_LOGGER_DEFAULTS.level,
    tags: '[]',
    format: DEFAULT_LOGGER_DEFAULTS.format,
    destination: 'standard error',
    redact: '[]',
    sensitiveKeys: '[]',
    env: 'process.env',
    now: 'Date.now',
  };
  const table = /## Options\n\n([\s\S]*?)\n\n/.exec(readme)?.[1] ?? '';
  const rows = table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  expect(Object.fromEntries(rows.map(([, name, , value]) => [name, value]))).toEqual(documented);
});

test('the limits are those of the code', () => {
  const { text, total, values, width, depth } = PLAIN_LIMITS;
  const number = (value: number): string => value.toLocaleString('en-US');
  expect(readme).toContain(
    `${number(text)} characters of one text, ${number(total)} of all, ${number(values)} values, ${width} keys or items each, ${depth} levels deep`,
  );
  expect(readme).toContain(`under ${SHORTEST_SECRET} characters`);
});

test('every link leads to a file', () => {
  const links = Array.from(readme.matchAll(/\]\((src\/[^)]+)\)/g), ([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(existsSync(root + link), link).toBe(true);
});

function timeless(text: string): string {
  return text.replaceAll(/^\S+Z /gm, '');
}
