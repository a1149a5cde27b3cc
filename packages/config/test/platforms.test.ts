import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../src/', import.meta.url);

test('nothing of Node is imported, so that the module loads in a browser', () => {
  for (const file of readdirSync(source)) {
    expect(readFileSync(new URL(file, source), 'utf8'), file).not.toMatch(/^import (?!type\b).*'node:/m);
  }
});

test('where there is no process the defaults hold, and a path is a fault that says why', () => {
  const code = `
    import { resolveOrkesConfig } from ${JSON.stringify(new URL('index.ts', source).href)};
    globalThis.process = undefined;
    console.log(resolveOrkesConfig().serverUrl);
    try { resolveOrkesConfig({ serverUrl: 'https://a', tlsCaPath: 'ca.pem' }); } catch (error) { console.log(error.message); }
  `;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  expect(stdout).toBe(
    'http://localhost:8080\ntlsCaPath: this platform cannot read files. Leave TLS to the platform.\n',
  );
});
