import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TOKEN_MANAGER_DEFAULTS } from '../src/index.ts';
import { startTokenServer } from './token-server.ts';

const folder = new URL('../', import.meta.url);
const readme = read('README.md');

test('the first program prints what the README says', async () => {
  await using server = await startTokenServer();
  const program = block('ts');
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  expect(await run(program, server.url)).toBe(block('text'));
});

test('the option table names every option, and no other', () => {
  const declared = [...read('src/token-manager-options.ts').matchAll(/^ {2}readonly (\w+)\?: /gm)].map(
    ([, name]) => name,
  );
  expect(rows('## Options').map(([name]) => name)).toEqual(declared);
});

test('the defaults in the table are those in the code', () => {
  const documented = Object.fromEntries(
    rows('## Options')
      .filter(([, unit]) => unit === 'ms')
      .map(([name, , value]) => [name, Number(value?.replaceAll('_', ''))]),
  );
  expect(documented).toEqual(TOKEN_MANAGER_DEFAULTS);
});

test('the table of errors names every code, and no other', () => {
  const [type = ''] = /type AuthErrorCode =[^;]*/.exec(read('src/auth-error.ts')) ?? [];
  const declared = type.match(/AUTH_\w+/g);
  expect(rows('## Errors').map(([code]) => code)).toEqual(declared);
});

test('every rule leads to a file', () => {
  const files = [...readme.matchAll(/\]\((src\/[^)]+)\)/g)].map(([, file]) => file ?? '');
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(new URL(file, folder)))).toEqual([]);
});

function read(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

/** The first code block in this language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';
}

/** The cells of the first table under a heading, without backquotes. */
function rows(heading: string): string[][] {
  const [table = ''] = /(?:^\|.*\n)+/m.exec(readme.slice(readme.indexOf(heading))) ?? [];
  const lines = table.trim().split('\n').slice(2);
  return lines.map((line) => {
    const cells = line.split('|').slice(1, -1);
    return cells.map((cell) => cell.trim().replaceAll('`', ''));
  });
}

/** Runs a program as a user would, against the package's own name. */
function run(program: string, serverUrl: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--conditions=@conductor-ts/source', '--input-type=module', '--eval', program],
    {
      cwd: fileURLToPath(folder),
      env: {
        ...process.env,
        CONDUCTOR_SERVER_URL: serverUrl,
        CONDUCTOR_AUTH_KEY: 'my-key-id',
        CONDUCTOR_AUTH_SECRET: 'my-secret',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
