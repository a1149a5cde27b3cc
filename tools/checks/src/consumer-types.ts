// The types of the packed tarballs as a user's compiler sees them: every declaration checked, by each TypeScript in use.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packPackages } from './pack-packages.ts';
import { run } from './run.ts';

const TYPESCRIPT_VERSIONS: readonly string[] = ['5.9', '6.0', '7.0'];
const STRICT = { strict: true, skipLibCheck: false, noEmit: true, target: 'es2023' };

/** How users set their compilers: for Node with or without its default libraries, and for bundlers. */
const SETTINGS: Readonly<Record<string, object>> = {
  nodenext: { module: 'nodenext', types: ['node'], lib: ['es2023', 'esnext.disposable'] },
  'nodenext with the default libraries': { module: 'nodenext', types: ['node'] },
  bundler: { module: 'esnext', moduleResolution: 'bundler', types: ['node'], lib: ['es2023', 'esnext.disposable'] },
  'bundler with the DOM': { module: 'preserve', types: ['node'], lib: ['es2023', 'esnext.disposable', 'dom'] },
  'with everything strict': {
    module: 'nodenext',
    types: ['node'],
    lib: ['es2023', 'esnext.disposable'],
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
  },
};

/** What a program with one call may cost the compiler. */
const MOST_INSTANTIATIONS = 200_000;

const root = resolve(import.meta.dirname, '../../..');
const work = mkdtempSync(join(tmpdir(), 'types-'));
let failed = 0;
try {
  const tarballs = packPackages(root, work).map(({ tarball }) => tarball);
  for (const version of TYPESCRIPT_VERSIONS) checkWith(version, tarballs);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function checkWith(version: string, tarballs: readonly string[]): void {
  const folder = join(work, version);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const needed = [`typescript@${version}`, '@types/node@22', ...tarballs];
  run('npm', ['install', '--no-audit', '--no-fund', ...needed], { cwd: folder });
  for (const [name, settings] of Object.entries(SETTINGS)) {
    check(`TypeScript ${version}, ${name}`, () => void compile(folder, 'every-package', settings));
  }
  // Newer compilers resolve in this way no more. It sees no `exports`, only `main` and `types`.
  if (version === '5.9') {
    check(`TypeScript ${version}, CommonJS as it was set for years`, () => {
      const settings = { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true, types: ['node'] };
      compile(folder, 'from-commonjs', { ...settings, lib: ['es2023', 'esnext.disposable'] });
    });
  }
  check(`TypeScript ${version}, the client without Node's types`, () => {
    compile(folder, 'one-call', { module: 'preserve', types: [], lib: ['es2023', 'esnext.disposable', 'dom'] });
  });
  check(`TypeScript ${version}, the cost of one call`, () => {
    const cost = instantiationsOf(compile(folder, 'one-call', { module: 'nodenext', types: ['node'] }));
    if (!(cost < MOST_INSTANTIATIONS)) throw new Error(`${cost} instantiations; ${MOST_INSTANTIATIONS} are the limit`);
    return `${cost} instantiations`;
  });
}

/** Gives what the compiler said of its work. */
function compile(folder: string, program: string, settings: object): string {
  copyFileSync(join(import.meta.dirname, `consumer/${program}.ts`), join(folder, `${program}.ts`));
  const config = { compilerOptions: { ...STRICT, ...settings }, files: [`${program}.ts`] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return run(join(folder, 'node_modules/.bin/tsc'), ['-p', '.', '--extendedDiagnostics'], { cwd: folder });
}

function instantiationsOf(diagnostics: string): number {
  return Number(/^Instantiations:\s+(\d+)/m.exec(diagnostics)?.[1]);
}

function check(title: string, body: () => string | void): void {
  try {
    const detail = body();
    process.stdout.write(`ok      ${title}${detail === undefined ? '' : `: ${detail}`}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAILED  ${title}\n${String(error).slice(0, 3_000)}\n`);
  }
}
