import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Java } from './find-java.ts';
import { cacheFolder, serverJar, SERVER_VERSION } from './server-jar.ts';
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
  const jar = await serverJar();
  const partial = `${folder}.${process.pid}`;
  const { status, stderr } = spawnSync(
    java.path,
    ['-Djarmode=tools', '-jar', jar, 'extract', '--destination', partial],
    {
      encoding: 'utf8',
      timeout: 120_000,
    },
  );
  if (status !== 0) throw new SetupError(`The server's jar could not be unpacked: ${stderr}`);
  // In one step, so that a run that was cut off leaves no half of it behind.
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return app;
}
