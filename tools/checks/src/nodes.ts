// The packed tarballs, installed by npm beside each other, on the lowest and newest Node of each supported line.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NODE_VERSIONS } from './node-versions.ts';
import { packPackages } from './pack-packages.ts';
import { run } from './run.ts';

const root = resolve(import.meta.dirname, '../../..');
const work = mkdtempSync(join(tmpdir(), 'nodes-'));
let failed = 0;
try {
  const consumer = join(work, 'consumer');
  emptyProject(consumer);
  const tarballs = packPackages(root, work).map(({ tarball }) => tarball);
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], { cwd: consumer });
  copyFileSync(join(import.meta.dirname, 'consumer/whole-path.mjs'), join(consumer, 'whole-path.mjs'));
  const nodes = installNodes();
  for (const version of NODE_VERSIONS) {
    try {
      const printed = run(join(nodes, version, 'bin/node'), ['whole-path.mjs'], { cwd: consumer });
      if (printed !== '') throw new Error(`nothing should be printed, but was:\n${printed}`);
      process.stdout.write(`ok      Node ${version}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(`FAILED  Node ${version}\n${String(error)}\n`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

/** Each Node from the registry, as the toolchain's own is, in a folder named by its version: all at once, as most of it is waiting. */
function installNodes(): string {
  const folder = join(work, 'nodes');
  emptyProject(folder);
  const name = `node-${process.platform}-${process.arch}`;
  const aliases = NODE_VERSIONS.map((version) => `${version}@npm:${name}@${version}`);
  run('npm', ['install', '--no-audit', '--no-fund', ...aliases], { cwd: folder });
  return join(folder, 'node_modules');
}

function emptyProject(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
}
