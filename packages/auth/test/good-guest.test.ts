import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const entry = new URL('../src/index.ts', import.meta.url).href;

test("importing the package and failing with another fetch leave Node's own fetch unloaded and its globals unset", async () => {
  const program = `
    import { createTokenManager } from ${JSON.stringify(entry)};
    const fetch = () => Promise.reject(Object.assign(new Error('marker-secret'), { code: 'CERT_HAS_EXPIRED' }));
    const tokens = createTokenManager({ serverUrl: 'http://x', keyId: 'id', keySecret: 'marker-secret', fetch });
    const error = await tokens.start().catch((error) => error);
    console.log(error.name, [1, 2].map((n) => globalThis[Symbol.for('undici.globalDispatcher.' + n)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe('AuthError [ undefined, undefined ]\n');
});
