import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A machine that has only what a test gives it: programs in its PATH, and homes of Java. */
export interface FakeMachine extends Disposable {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** A `java` that says it is of this version, and can do no more. Gives its home. */
  addJava(name: string, version: string): string;
}

export function fakeMachine(): FakeMachine {
  const folder = mkdtempSync(join(tmpdir(), 'fake-machine-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  return {
    folder,
    env: {
      PATH: bin,
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      CONDUCTOR_JAVA_HOMES: join(folder, 'jvm/*'),
    },
    addJava(name, version) {
      const home = join(folder, 'jvm', name);
      const java = join(home, 'bin/java');
      mkdirSync(join(home, 'bin'), { recursive: true });
      writeFileSync(java, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
      chmodSync(java, 0o755);
      return home;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
