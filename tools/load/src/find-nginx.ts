import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from '@conductor-ts/real-server';

/** Where packages put it, also when PATH is that of a user who is not root. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Path of nginx: PATH first, then the usual folders. */
export function findNginx(env: NodeJS.ProcessEnv = process.env, usual: readonly string[] = USUAL_FOLDERS): string {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...usual];
  const found = folders.map((folder) => join(folder, 'nginx')).find(isExecutable);
  if (found !== undefined) return found;
  throw new SetupError(
    `nginx is not there (looked in ${[...new Set(folders)].join(', ')}). Install it (Debian: apt-get install nginx-light), or leave --nginx out.`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
