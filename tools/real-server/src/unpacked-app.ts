import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Java } from './find-java.ts';
import { cacheFolder, fetchServerJar, SERVER_VERSION } from './server-jar.ts';
import { SetupError } from './setup-error.ts';

export interface UnpackedApp {
  readonly jar: string;
  /** A cache of loaded classes for exactly this Java and jar: boots in about a third of the time. Absent until trained. */
  readonly aotCache: string;
}

/** The server unpacked into thin jars, which start faster than one fat jar and can be given a class cache. */
export async function unpackedApp(java: Java): Promise<UnpackedApp> {
  const folder = join(cacheFolder(), 'app');
  const app = {
    jar: join(folder, `conductor-server-${SERVER_VERSION}-boot.jar`),
    aotCache: join(cacheFolder(), `java-${java.major}.aot`),
  };
  if (existsSync(app.jar)) return app;
  const work = `${folder}.${process.pid}`;
  mkdirSync(work);
  try {
    const jar = await fetchServerJar(work);
    const unpacked = join(work, 'app');
    const { status, stderr } = spawnSync(
      java.path,
      ['-Djarmode=tools', '-jar', jar, 'extract', '--destination', unpacked],
      { encoding: 'utf8', timeout: 120_000 },
    );
    if (status !== 0) throw new SetupError(`The server's jar could not be unpacked: ${stderr}`);
    // Another process may have been quicker, and uses it by now.
    if (existsSync(app.jar)) return app;
    // In one step, so that a run that was cut off leaves no half of it behind.
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return app;
}
