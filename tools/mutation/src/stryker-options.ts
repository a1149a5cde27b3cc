import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';

/** Packages whose rules are pure functions, in the order in which they are run. */
export const MUTATED_PACKAGES: readonly string[] = ['retry', 'auth', 'config'];

/** Least percentage of broken lines that the tests of a package must notice. */
const MIN_SCORE = 90;

/** How one package is broken and judged: by its own tests, all of its sources. */
export function strykerOptions(name: string, concurrency: number): PartialStrykerOptions {
  const others = ['logger', 'config', 'transport', 'retry', 'auth', 'client', 'testing'].filter((it) => it !== name);
  return {
    plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
    testRunner: 'vitest',
    vitest: { configFile: `packages/${name}/vitest.config.ts`, dir: `packages/${name}`, related: false },
    mutate: [`packages/${name}/src/**/*.ts`],
    coverageAnalysis: 'perTest',
    concurrency,
    // A mutant that waits for ever is noticed by this; the tests themselves do not wait.
    timeoutMS: 4_000,
    ignorePatterns: ['.turbo', 'dist', '/tools', '/examples', '/docs', ...others.map((it) => `/packages/${it}`)],
    tempDirName: '.turbo/mutation/sandbox',
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `.turbo/mutation/${name}.html` },
    jsonReporter: { fileName: `.turbo/mutation/${name}.json` },
    thresholds: { high: 95, low: MIN_SCORE, break: MIN_SCORE },
    allowConsoleColors: false,
  };
}
