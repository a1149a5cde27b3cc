import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RETRY_DEFAULTS } from '@conductor-ts/retry';
import type { RetryFetchOptions } from '@conductor-ts/retry';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');

test('the first program prints what the README says', () => {
  const [, program = '', output] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  const flags = ['--conditions=@conductor-ts/source', '--disable-warning=ExperimentalWarning', '--input-type=module'];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', program], { cwd: root, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual([output, '']);
});

test('the option table has the names and defaults of the code', () => {
  const { retryBudget, ...defaults } = RETRY_DEFAULTS;
  const documented: Required<{ [K in keyof RetryFetchOptions]: unknown }> = {
    tokens: 'none',
    onAuthFailure: 'none',
    ...defaults,
    retryBudget: Object.entries(retryBudget)
      .map((entry) => entry.join(' '))
      .join(', '),
    onRetry: 'none',
    classify: 'none',
    logger: 'none',
    now: "the system's clocks",
    random: 'Math.random',
    sleep: 'a timer',
  };
  const table = /## Options\n\n([\s\S]*?)\n\n/.exec(readme)?.[1] ?? '';
  const rows = table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  const expected = Object.entries(documented).map(([name, value]) => [name, String(value)]);
  expect(Object.fromEntries(rows.map(([, name, , value]) => [name, value]))).toEqual(Object.fromEntries(expected));
});

test('the error table has the codes of the code', () => {
  const codes = Array.from(readme.matchAll(/^\| `([A-Z_]+)` +\|/gm), ([, code]) => code);
  for (const code of codes) {
    const sources = ['timeout-error', 'ambiguous-request-error', 'body-not-replayable-error', 'task-update-error'];
    expect(sources.some((name) => readFileSync(`${root}/src/${name}.ts`, 'utf8').includes(`'${code}'`))).toBe(true);
  }
  expect(codes).toHaveLength(5);
});

test('every link leads to a file', () => {
  const links = Array.from(readme.matchAll(/\]\((src\/[^)]+)\)/g), ([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(existsSync(root + link), link).toBe(true);
});
