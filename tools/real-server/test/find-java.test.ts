import { expect, test } from 'vitest';
import { parseJavaVersion } from '../src/find-java.ts';

test.each([
  ['openjdk version "25.0.3" 2026-04-21 LTS', 25],
  ['openjdk version "21" 2023-09-19', 21],
  ['java version "1.8.0_401"', 8],
  ['bash: java: command not found', 0],
])('%s is Java %d', (printed, major) => {
  expect(parseJavaVersion(printed)).toBe(major);
});
