import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findJava, parseJavaVersion } from '../src/find-java.ts';
import { fakeMachine } from './fake-machine.ts';

test.each([
  ['openjdk version "25.0.3" 2026-04-21 LTS', 25],
  ['openjdk version "21" 2023-09-19', 21],
  ['java version "1.8.0_401"', 8],
  ['bash: java: command not found', 0],
])('%s is Java %d', (printed, major) => {
  expect(parseJavaVersion(printed)).toBe(major);
});

test('of several the newest is taken, wherever it stands', () => {
  using machine = fakeMachine();
  machine.addJava('old', '17.0.9');
  const newest = machine.addJava('new', '25.0.1');
  const other = machine.addJava('other', '21');
  expect(findJava({ ...machine.env, JAVA_HOME: other })).toEqual({ path: join(newest, 'bin/java'), major: 25 });
  const outside = { ...machine.env, CONDUCTOR_JAVA_HOMES: '', JAVA_HOME: other };
  expect(findJava(outside)).toEqual({ path: join(other, 'bin/java'), major: 21 });
  const inPath = { ...machine.env, CONDUCTOR_JAVA_HOMES: '', PATH: join(other, 'bin') };
  expect(findJava(inPath)).toEqual({ path: join(other, 'bin/java'), major: 21 });
});

test('without one that is new enough the error says what was found and what to do', () => {
  using machine = fakeMachine();
  expect(() => findJava(machine.env)).toThrow(
    /needs Java 21 or newer\. Found: none\. Install a newer JDK or point JAVA_HOME at one, or set CONDUCTOR_SERVER_URL/,
  );
  const old = machine.addJava('old', '1.8.0_402');
  expect(() => findJava(machine.env)).toThrow(`Found: ${join(old, 'bin/java')} (Java 8).`);
});
