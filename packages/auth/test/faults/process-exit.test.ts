import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { startTokenServer } from '../token-server.ts';

const entry = new URL('../../src/index.ts', import.meta.url).href;

test('a process with a running manager, never stopped, ends by itself', async () => {
  await using server = await startTokenServer();
  const { code, output } = await runProgram(`
    import { createTokenManager } from ${JSON.stringify(entry)};
    const tokens = createTokenManager({ serverUrl: ${JSON.stringify(server.url)}, keyId: 'id', keySecret: 'secret' });
    console.log(await tokens.start(), tokens.getToken());
  `);
  expect(output).toBe('orkes token-1\n');
  expect(code).toBe(0);
});

test('after a stop no timer is left', async () => {
  await using server = await startTokenServer();
  const { output } = await runProgram(`
    import { handleAuth } from ${JSON.stringify(entry)};
    const tokens = await handleAuth({ serverUrl: ${JSON.stringify(server.url)}, keyId: 'id', keySecret: 'secret' });
    tokens.stopBackgroundRefresh();
    console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);
  `);
  expect(output).toBe('0\n');
});

/** Runs a program in a process of its own; what holds it open would let the test time out. */
function runProgram(source: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=@conductor-ts/source', '--input-type=module', '--eval', source],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
