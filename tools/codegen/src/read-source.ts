import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Fragment } from './merge-fragments.ts';

/** Reads every YAML file under `folder`, sorted by name, so that each machine merges them in the same order. */
export function readSource(folder: string): readonly Fragment[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.yaml'))
    .sort(byTopThenName)
    .map((file) => ({ file, content: parseFile(folder, file) }));
}

function parseFile(folder: string, file: string): unknown {
  try {
    return parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    throw new Error(`${file}: is not valid YAML. ${(error as Error).message}`, { cause: error });
  }
}

/** openapi.yaml first: it opens the document. */
function byTopThenName(a: string, b: string): number {
  const depth = Number(a.includes('/')) - Number(b.includes('/'));
  if (depth !== 0) return depth;
  return a < b ? -1 : 1;
}
