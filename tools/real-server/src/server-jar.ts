import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MissingToolError, SetupError } from './setup-error.ts';

/** The released server that judges ours. Used in tests, never shipped. */
export const SERVER_VERSION = '3.32.3';
const ARTIFACT = `org.conductoross:conductor-server:${SERVER_VERSION}:jar:boot`;
const SHA256 = '6b1615a5beb82bbbfa05219d0f1b84440aa8c0bef1371662803ef5588d7d507b';

/** Where everything of this server is kept between runs. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'conductor-ts', `server-${SERVER_VERSION}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Lets Maven fetch the server's jar (about 460 MB) into `folder`, and checks it against its pinned hash. */
export async function fetchServerJar(folder: string): Promise<string> {
  copyByMaven(folder);
  const jar = join(folder, `conductor-server-${SERVER_VERSION}-boot.jar`);
  const actual = await sha256(jar);
  if (actual === SHA256) return jar;
  throw new SetupError(`Maven gave another jar than the released server: its SHA-256 is ${actual}, not ${SHA256}.`);
}

function copyByMaven(folder: string): void {
  const { status, stdout, stderr, error } = spawnSync(
    'mvn',
    ['-B', '-q', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${folder}`],
    { encoding: 'utf8', timeout: 300_000 },
  );
  if (status === 0) return;
  const reason = error === undefined ? `${stdout}${stderr}`.trim() : error.message;
  throw new MissingToolError(
    `The server's jar (${ARTIFACT}) could not be fetched by Maven: ${reason}\n` +
      'Install Maven and allow it to reach its repository, or set CONDUCTOR_SERVER_URL to use a server that runs already.',
  );
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
