import { startConductorServer } from '@conductor-ts/testing';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';

const run = promisify(execFile);
const entry = new URL('../../src/index.ts', import.meta.url).href;

/** Only against a process that never ends: on a busy machine it takes many seconds to load everything. */
const LIMIT_MS = 180_000;
vi.setConfig({ testTimeout: LIMIT_MS + 30_000 });

/** Runs a program that has made `client`, in a process of its own; it must end by itself. */
async function program(body: string, env: Record<string, string>): Promise<string> {
  const code = `
    import { createConductorClient } from ${JSON.stringify(entry)};
    const client = await createConductorClient();
    ${body}
    console.log('last line');`;
  const { stdout } = await run(
    process.execPath,
    ['--conditions=@conductor-ts/source', '--input-type=module', '--eval', code],
    { env: { PATH: process.env['PATH'] ?? '', CONDUCTOR_LOG_LEVEL: 'error', ...env }, timeout: LIMIT_MS },
  );
  return stdout;
}

test.each([
  ['forgets to close', ''],
  ['closes', 'await client.close();'],
  ['closes without a call in between', 'await client.close(); await client.close();'],
])('a process that %s ends by itself', async (_, ending) => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const env = {
    CONDUCTOR_SERVER_URL: server.url,
    CONDUCTOR_AUTH_KEY: server.keyId,
    CONDUCTOR_AUTH_SECRET: server.keySecret,
  };
  expect(await program(`await client.metadata.getTaskDefs(); ${ending}`, env)).toContain('last line');
});

test('after close nothing of the client is left in the process', async () => {
  await using server = await startConductorServer();
  const out = await program(
    `await client.metadata.getTaskDefs(); await client.close();
     await new Promise((resolve) => setImmediate(resolve));
     console.log(process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|TLS/.test(kind)));`,
    { CONDUCTOR_SERVER_URL: server.url },
  );
  expect(out).toContain('[]');
});
