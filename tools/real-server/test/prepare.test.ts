import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { prepare } from '../src/prepare.ts';
import { SERVER_VERSION } from '../src/server-jar.ts';
import { MissingToolError } from '../src/setup-error.ts';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A machine that has fetched the server, with a Java of this version. */
function machineWith(version: string): FakeMachine & { readonly cache: string } {
  const machine = fakeMachine();
  for (const [name, value] of Object.entries(machine.env)) vi.stubEnv(name, value);
  vi.stubEnv('CONDUCTOR_SERVER_URL', undefined);
  vi.stubEnv('JAVA_HOME', machine.addJava('only', version));
  const cache = join(machine.folder, 'cache/conductor-ts', `server-${SERVER_VERSION}`);
  mkdirSync(join(cache, 'app'), { recursive: true });
  writeFileSync(join(cache, 'app', `conductor-server-${SERVER_VERSION}-boot.jar`), '');
  return { ...machine, cache };
}

test('what is prepared already is left as it is', async () => {
  using machine = machineWith('25');
  writeFileSync(join(machine.cache, 'java-25.aot'), '');
  expect(await prepare()).toBe('The server is prepared already.');
});

test('a Java that knows no class cache is told of, with what to do', async () => {
  using machine = machineWith('21');
  const error: unknown = await prepare().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MissingToolError);
  expect(String(error)).toContain(`a class cache needs Java 25; ${machine.folder}/jvm/only/bin/java is Java 21`);
  expect(String(error)).toContain('JAVA_HOME');
});

test('a server that is given needs no preparation, and no Java', async () => {
  using machine = fakeMachine();
  for (const [name, value] of Object.entries(machine.env)) vi.stubEnv(name, value);
  vi.stubEnv('CONDUCTOR_SERVER_URL', 'http://conductor.example:8080');
  expect(await prepare()).toBe(
    'http://conductor.example:8080 (from CONDUCTOR_SERVER_URL): there is nothing to prepare.',
  );
});
