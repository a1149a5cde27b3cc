import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { boundaryViolations } from '../src/boundary-violations.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a tree that keeps its boundaries has no violation', () => {
  root = tree({
    'packages/retry/src/index.ts': `export { a } from './a.ts';`,
    'packages/retry/src/a.ts': 'export const a = 1;',
    'packages/client/src/index.ts': `import { a } from '@conductor-ts/retry'; export const b = a;`,
  });
  expect(boundaryViolations(root)).toEqual([]);
});

test('a package that imports what its rule does not allow is named, with the file', () => {
  root = tree({
    'packages/retry/src/index.ts': `import { x } from '@conductor-ts/auth'; import y from 'lodash'; void x; void y;`,
  });
  expect(boundaryViolations(root)).toEqual([
    'packages/retry/src/index.ts: may not import @conductor-ts/auth',
    'packages/retry/src/index.ts: may not import lodash',
  ]);
});

test("Node's own modules are refused where a package runs outside Node, also in a dynamic import", () => {
  root = tree({ 'packages/auth/src/index.ts': `export const load = () => import('node:fs');` });
  expect(boundaryViolations(root)).toEqual([
    'packages/auth/src/index.ts: may not import node:fs: this package runs outside Node too',
  ]);
});

test("node:http may be imported for its types only: its values come with Node's own fetch and its global dispatchers", () => {
  root = tree({
    'packages/testing/src/index.ts': `import { createServer } from 'node:http'; void createServer;`,
    'packages/testing/src/types.ts': `import type { Server } from 'node:http'; export type A = Server;`,
  });
  expect(boundaryViolations(root)).toEqual([
    "packages/testing/src/index.ts: may not import node:http, which sets the global dispatchers of Node's own fetch; use process.getBuiltinModule('node:http')",
  ]);
});

test("config may import the logger's types and nothing else of it", () => {
  root = tree({
    'packages/config/src/index.ts': `import type { A } from '@conductor-ts/logger'; export type B = A;`,
    'packages/config/src/value.ts': `import { noopLogger } from '@conductor-ts/logger'; void noopLogger;`,
  });
  expect(boundaryViolations(root)).toEqual([
    'packages/config/src/value.ts: may import only types of @conductor-ts/logger',
  ]);
});

test("reaching into another package's source is refused, in tests too", () => {
  root = tree({
    'packages/client/src/index.ts': `export { a } from '../../retry/src/a.ts';`,
    'packages/client/test/a.test.ts': `import '@conductor-ts/retry/src/a.ts';`,
  });
  expect(boundaryViolations(root)).toEqual([
    'packages/client/src/index.ts: reaches into another package by ../../retry/src/a.ts',
    'packages/client/test/a.test.ts: imports @conductor-ts/retry/src/a.ts, which is no public entry point',
  ]);
});

test('a cycle between files is shown as the way around it', () => {
  root = tree({
    'packages/retry/src/a.ts': `import { b } from './b.ts'; export const a = b;`,
    'packages/retry/src/b.ts': `import type { a } from './a.ts'; export const b = 1 as unknown as typeof a;`,
  });
  expect(boundaryViolations(root)).toEqual([
    'import cycle: packages/retry/src/a.ts -> packages/retry/src/b.ts -> packages/retry/src/a.ts',
  ]);
});

test('a peer dependency and an unknown dependency in a manifest are refused', () => {
  root = tree({
    'packages/auth/package.json': JSON.stringify({ dependencies: { jose: '1' }, peerDependencies: { zod: '4' } }),
  });
  expect(boundaryViolations(root)).toEqual([
    'packages/auth/package.json: may not depend on jose',
    'packages/auth/package.json: zod is a peer dependency, which makes installs fail; have none',
  ]);
});

/** Writes the files into a folder of its own; a package without a manifest gets an empty one. */
function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const all = { ...files };
  for (const file of Object.keys(files)) {
    const manifest = `${file.split('/').slice(0, 2).join('/')}/package.json`;
    all[manifest] ??= '{}';
  }
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}
