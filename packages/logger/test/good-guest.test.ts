import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const entry = new URL('../src/index.ts', import.meta.url).href;

test("importing the package and logging objects leave Node's own fetch unloaded and its globals unset", async () => {
  const program = `
    import { DefaultLogger } from ${JSON.stringify(entry)};
    new DefaultLogger({ destination: () => {} }).info('x', { map: new Map(), error: new Error('y'), own: new (class {})() });
    console.log([1, 2].map((n) => globalThis[Symbol.for('undici.globalDispatcher.' + n)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe('[ undefined, undefined ]\n');
});
