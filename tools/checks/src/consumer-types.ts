// The types of the packed tarballs as a user's compiler sees them: every declaration checked, by each TypeScript in use.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packPackages } from './pack-packages.ts';
import { run } from './run.ts';

const TYPESCRIPT_VERSIONS: readonly string[] = ['5.9', '6.0', '7.0'];

/** Each declaration but those of the compiler's own libraries, which are not ours: what collides with them is reported at ours. */
const STRICT = { strict: true, skipLibCheck: false, skipDefaultLibCheck: true, noEmit: true, target: 'es2023' };

const LIB = ['es2023', 'esnext.disposable'];

interface Setting {
  readonly name: string;
  /** A file of the folder consumer. */
  readonly program: string;
  readonly options: object;
}

/** How users set their compilers: for Node with or without its default libraries, and for bundlers. */
const SETTINGS: readonly Setting[] = [
  { name: 'nodenext', program: 'every-package', options: { module: 'nodenext', types: ['node'], lib: LIB } },
  { name: 'default-libraries', program: 'every-package', options: { module: 'nodenext', types: ['node'] } },
  {
    name: 'bundler',
    program: 'every-package',
    options: { module: 'esnext', moduleResolution: 'bundler', types: ['node'], lib: LIB },
  },
  {
    name: 'bundler-with-the-dom',
    program: 'every-package',
    options: { module: 'preserve', types: ['node'], lib: [...LIB, 'dom'] },
  },
  {
    name: 'everything-strict',
    program: 'every-package',
    options: {
      module: 'nodenext',
      types: ['node'],
      lib: LIB,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
    },
  },
  {
    name: 'client-without-node',
    program: 'one-call',
    options: { module: 'preserve', types: [], lib: [...LIB, 'dom'] },
  },
];

/** CommonJS as it was set for years. Newer compilers resolve in this way no more. It sees no `exports`, only `main` and `types`. */
const COMMONJS: Setting = {
  name: 'commonjs',
  program: 'from-commonjs',
  options: { module: 'commonjs', moduleResolution: 'node10', esModuleInterop: true, types: ['node'], lib: LIB },
};

/** What a program with one call may cost the compiler. */
const MOST_INSTANTIATIONS = 200_000;

const root = resolve(import.meta.dirname, '../../..');
const work = mkdtempSync(join(tmpdir(), 'types-'));
let failed = 0;
try {
  installConsumer();
  for (const version of TYPESCRIPT_VERSIONS) checkWith(version);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

/** One project with the programs, the tarballs and every compiler. */
function installConsumer(): void {
  cpSync(join(import.meta.dirname, 'consumer'), work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "private": true, "type": "module" }');
  const tarballs = packPackages(root, work).map(({ tarball }) => tarball);
  const compilers = TYPESCRIPT_VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`);
  run('npm', ['install', '--no-audit', '--no-fund', ...compilers, '@types/node@22', ...tarballs], { cwd: work });
}

function checkWith(version: string): void {
  const settings = version === '5.9' ? [...SETTINGS, COMMONJS] : SETTINGS;
  check(`TypeScript ${version}: ${settings.map(({ name }) => name).join(', ')}`, () => {
    const configs = settings.map((setting) => writeConfig(version, setting));
    // As one build: the declarations are read once and not for each setting, which is most of the work.
    compile(version, ['--build', '--verbose', ...configs]);
  });
  check(`TypeScript ${version}: the cost of one call`, () => {
    const options = { module: 'nodenext', types: ['node'] };
    const config = writeConfig(version, { name: 'cost', program: 'one-call', options });
    const cost = instantiationsOf(compile(version, ['-p', config, '--extendedDiagnostics']));
    if (!(cost < MOST_INSTANTIATIONS)) throw new Error(`${cost} instantiations; ${MOST_INSTANTIATIONS} are the limit`);
    return `${cost} instantiations`;
  });
}

/** Gives the name of the file. */
function writeConfig(version: string, { name, program, options }: Setting): string {
  const file = `${version}-${name}.json`;
  const config = { compilerOptions: { ...STRICT, ...options }, files: [`${program}.ts`] };
  writeFileSync(join(work, file), JSON.stringify(config));
  return file;
}

/** Gives what the compiler said of its work. */
function compile(version: string, args: readonly string[]): string {
  return run(process.execPath, [join('node_modules', `typescript-${version}`, 'bin/tsc'), ...args], { cwd: work });
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
