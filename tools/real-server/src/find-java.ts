import { spawnSync } from 'node:child_process';
import { globSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MissingToolError } from './setup-error.ts';

export interface Java {
  readonly path: string;
  readonly major: number;
}

/** The class files of the released server need this one. */
export const LOWEST_JAVA = 21;

/** Where Java is usually installed. */
const USUAL_HOMES = ['/usr/lib/jvm/*', '/opt/*', '/Library/Java/JavaVirtualMachines/*/Contents/Home'];

/**
 * The newest Java of this machine that can run the server: JAVA_HOME, the usual folders and PATH are looked through.
 * CONDUCTOR_JAVA_HOMES holds other folders in place of the usual ones, with `:` between and `*` for any name; empty: none.
 */
export function findJava(env: NodeJS.ProcessEnv = process.env): Java {
  const homes = env['CONDUCTOR_JAVA_HOMES']?.split(delimiter).filter((home) => home !== '') ?? USUAL_HOMES;
  const candidates = [
    ...(env['JAVA_HOME'] === undefined ? [] : [join(env['JAVA_HOME'], 'bin/java')]),
    ...globSync(homes.map((home) => join(home, 'bin/java'))),
    ...(env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'java')),
  ];
  const found = [...new Set(candidates.flatMap(realPath))].map((path) => ({ path, major: javaMajor(path) }));
  const best = found.toSorted((a, b) => b.major - a.major)[0];
  if (best !== undefined && best.major >= LOWEST_JAVA) return best;
  const seen = found.filter(({ major }) => major > 0).map(({ path, major }) => `${path} (Java ${major})`);
  throw new MissingToolError(
    `The Conductor server needs Java ${LOWEST_JAVA} or newer. Found: ${seen.join(', ') || 'none'}. ` +
      'Install a newer JDK or point JAVA_HOME at one, or set CONDUCTOR_SERVER_URL to use a server that runs already.',
  );
}

/** The major version in what `java -version` prints, old style (1.8) and new; 0 where there is none. */
export function parseJavaVersion(printed: string): number {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(printed) ?? [];
  return Number(first === '1' ? second : (first ?? 0));
}

function javaMajor(path: string): number {
  return parseJavaVersion(spawnSync(path, ['-version'], { encoding: 'utf8', timeout: 20_000 }).stderr ?? '');
}

function realPath(path: string): string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}
