import { startConductorServer } from '@conductor-ts/testing';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CLOSE_TIMEOUT_MS } from '../src/index.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');

test('the first program prints what the README says', async () => {
  await using server = await startConductorServer();
  const [, program = '', output] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  const args = ['--conditions=@conductor-ts/source', '--input-type=module', '--eval', program];
  const env = { CONDUCTOR_SERVER_URL: server.url, CONDUCTOR_LOG_LEVEL: 'error', PATH: process.env['PATH'] ?? '' };
  const { stdout } = await run(process.execPath, args, { cwd: root, env });
  expect(stdout).toBe(output);
});

test.each([
  ['Of a call', 'src/runtime/caller.ts', 'CallOptions'],
  ['Of a client', 'src/client-options.ts', 'ClientOptions'],
  ['Of `client.close()`', 'src/conductor-client.ts', 'CloseOptions'],
])('the table "%s" has the options of the code, with their defaults', (heading, file, name) => {
  const code = readFileSync(root + file, 'utf8');
  const body = new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(code)?.[1] ?? '';
  const inCode = Array.from(body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*readonly (\w+)\?/g), ([, doc = '', option]) => [
    option,
    /@default `?([\w']+)/.exec(doc)?.[1] ?? 'none',
  ]);
  const inReadme = tableAfter(heading).map(([option = '', , byDefault = '']) => [
    option,
    /^`?([\w']+)/.exec(byDefault)?.[1],
  ]);
  expect(inReadme).toEqual(inCode);
});

test('the limit of closing is the constant of the code', () => {
  expect(tableAfter('Of `client.close()`')[0]?.[2]?.replace('_', '')).toBe(String(CLOSE_TIMEOUT_MS));
});

test('every link leads to a file', () => {
  const links = Array.from(readme.matchAll(/\]\((src\/[^)#]+)\)/g), ([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(existsSync(root + link), link).toBe(true);
});

/** The cells of the first table after a heading, without its head. */
function tableAfter(heading: string): string[][] {
  const lines = (readme.split(`\n${heading}`)[1] ?? '').split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(\w+)`$/, '$1')),
  );
}
