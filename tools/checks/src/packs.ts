// Each package as a user gets it: packed, linted, installed alone by npm in an empty folder, imported.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packPackages, type PackedPackage } from './pack-packages.ts';
import { run } from './run.ts';

const root = resolve(import.meta.dirname, '../../..');
const work = mkdtempSync(join(tmpdir(), 'packs-'));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
let failed = 0;
try {
  const packed = packPackages(root, work);
  const tarballs = new Map(packed.map(({ name, tarball }) => [name, tarball]));
  for (const one of packed) {
    check(`${one.name}: publint`, () => run(bin('publint'), ['--strict', one.tarball], { cwd: work }));
    check(`${one.name}: types`, () => run(bin('attw'), [one.tarball, '--profile', 'esm-only'], { cwd: work }));
    check(`${one.name}: installs alone and imports`, () => installAlone(one, tarballs));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function installAlone(one: PackedPackage, tarballs: ReadonlyMap<string, string>): void {
  const folder = join(work, one.name.replace('/', '-'));
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const files = one.closure.flatMap((name) => tarballs.get(name) ?? []);
  const printed = run('npm', ['install', '--strict-peer-deps', '--no-audit', '--no-fund', ...files], { cwd: folder });
  if (/warn/i.test(printed)) throw new Error(`npm warned:\n${printed}`);
  const program = `const all = await import('${one.name}'); if (Object.keys(all).length === 0) throw new Error('nothing is exported');`;
  run(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder });
}

function check(title: string, body: () => unknown): void {
  try {
    body();
    process.stdout.write(`ok      ${title}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAILED  ${title}\n${String(error)}\n`);
  }
}
