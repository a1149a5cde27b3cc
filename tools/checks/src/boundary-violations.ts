import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { BOUNDARY_RULES, TYPES_ONLY } from './boundary-rules.ts';
import { importCycles } from './import-cycles.ts';
import { moduleImports, type ModuleImport } from './module-imports.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** An ES module reads every export of node:http, and its WebSocket loads Node's own fetch. */
const HTTP_IMPORT =
  "may not import node:http, which sets the global dispatchers of Node's own fetch; use process.getBuiltinModule('node:http')";

/** Every place where a package under `root`/packages breaks its rule, as one readable line each. */
export function boundaryViolations(root: string): string[] {
  const violations: string[] = [];
  const files = new Map<string, readonly string[]>();
  const packages = new Map<string, readonly string[]>();

  for (const manifestPath of globSync('packages/*/package.json', { cwd: root }).sort()) {
    const folder = dirname(manifestPath);
    const name = folder.slice('packages/'.length);
    const manifest = JSON.parse(readFileSync(join(root, manifestPath), 'utf8')) as Manifest;
    violations.push(...manifestViolations(name, manifest));
    packages.set(`@conductor-ts/${name}`, Object.keys(manifest.dependencies ?? {}));

    for (const file of globSync(`${folder}/src/**/*.ts`, { cwd: root }).sort()) {
      const imports = moduleImports(file, readFileSync(join(root, file), 'utf8'));
      violations.push(...imports.flatMap((found) => sourceViolations(root, folder, file, found)));
      files.set(file, relativeTargets(root, file, imports));
    }
    for (const file of globSync(`${folder}/test/**/*.ts`, { cwd: root }).sort()) {
      const imports = moduleImports(file, readFileSync(join(root, file), 'utf8'));
      violations.push(...imports.flatMap((found) => reachesOut(root, folder, file, found.specifier)));
    }
  }
  for (const cycle of [...importCycles(files), ...importCycles(packages)]) {
    violations.push(`import cycle: ${cycle.join(' -> ')}`);
  }
  return violations;
}

function manifestViolations(name: string, manifest: Manifest): string[] {
  const rule = BOUNDARY_RULES[name];
  if (rule === undefined) return [`packages/${name}: no rule in boundary-rules.ts says what it may import`];
  const allowed = [...rule.packages, ...rule.external];
  return [
    ...Object.keys(manifest.dependencies ?? {})
      .filter((dependency) => !allowed.includes(dependency))
      .map((dependency) => `packages/${name}/package.json: may not depend on ${dependency}`),
    ...Object.keys(manifest.peerDependencies ?? {}).map(
      (peer) => `packages/${name}/package.json: ${peer} is a peer dependency, which makes installs fail; have none`,
    ),
  ];
}

function sourceViolations(root: string, folder: string, file: string, found: ModuleImport): string[] {
  const { specifier, typeOnly } = found;
  if (specifier.startsWith('.')) return reachesOut(root, folder, file, specifier);
  const name = folder.slice('packages/'.length);
  const rule = BOUNDARY_RULES[name];
  if (rule === undefined) return [];
  if (isBuiltin(specifier)) {
    if (/^(node:)?http$/.test(specifier) && !typeOnly) return [`${file}: ${HTTP_IMPORT}`];
    return rule.node || typeOnly ? [] : [`${file}: may not import ${specifier}: this package runs outside Node too`];
  }
  if (specifier.startsWith('@conductor-ts/')) {
    if (!rule.packages.includes(specifier)) return [`${file}: may not import ${specifier}`];
    const onlyTypes = TYPES_ONLY[name]?.includes(specifier) ?? false;
    return onlyTypes && !typeOnly ? [`${file}: may import only types of ${specifier}`] : [];
  }
  const external = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return rule.external.includes(external) ? [] : [`${file}: may not import ${specifier}`];
}

/** A relative import must stay in its own package: another's `src` is nobody's entry point. */
function reachesOut(root: string, folder: string, file: string, specifier: string): string[] {
  if (!specifier.startsWith('.')) {
    return /^@conductor-ts\/[^/]+\/(?!package\.json$)/.test(specifier)
      ? [`${file}: imports ${specifier}, which is no public entry point`]
      : [];
  }
  const target = relative(join(root, folder), resolve(root, dirname(file), specifier));
  return target.startsWith('..') && target.includes('src')
    ? [`${file}: reaches into another package by ${specifier}`]
    : [];
}

function relativeTargets(root: string, file: string, imports: readonly ModuleImport[]): string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => relative(root, resolve(root, dirname(file), specifier)))
    .filter((target) => existsSync(join(root, target)));
}
