import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.ts';

export interface PackedPackage {
  readonly name: string;
  readonly folder: string;
  readonly tarball: string;
  /** This package and the ones of ours that it needs, by name. */
  readonly closure: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Packs every package under `root`/packages, as publishing would, into `destination`. */
export function packPackages(root: string, destination: string): PackedPackage[] {
  const manifests = new Map<string, Manifest>();
  const folders = new Map<string, string>();
  for (const path of globSync('packages/*/package.json', { cwd: root }).sort()) {
    const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
    manifests.set(manifest.name, manifest);
    folders.set(manifest.name, join(root, dirname(path)));
  }
  const closure = (name: string): string[] => [
    name,
    ...Object.keys(manifests.get(name)?.dependencies ?? {})
      .filter((dependency) => manifests.has(dependency))
      .flatMap(closure),
  ];
  return [...folders].map(([name, folder]) => {
    const printed = run('pnpm', ['pack', '--json', '--pack-destination', destination], { cwd: folder });
    const { filename } = JSON.parse(printed.slice(printed.indexOf('{'))) as { filename: string };
    return { name, folder, tarball: filename, closure: [...new Set(closure(name))] };
  });
}
