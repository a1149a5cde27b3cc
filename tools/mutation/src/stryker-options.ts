import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';

/** Packages whose rules are pure functions, in the order in which they are run. */
export const MUTATED_PACKAGES: readonly string[] = ['retry', 'auth', 'config'];

/** Least percentage of broken lines that the tests of a package must notice. */
const MIN_SCORE = 90;

/** How one package is broken and judged, by its own tests. `files`: which of its sources, as patterns or with lines behind a colon. */
export function strykerOptions(name: string, files: readonly string[], concurrency: number): PartialStrykerOptions {
  const others = ['logger', 'config', 'transport', 'retry', 'auth', 'client', 'testing'].filter((it) => it !== name);
  return {
    plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
    testRunner: 'vitest',
    vitest: { configFile: `packages/${name}/vitest.config.ts`, dir: `packages/${name}`, related: false },
    mutate: files.map((file) => `packages/${name}/src/${file}`),
    coverageAnalysis: 'perTest',
    concurrency,
    // A second run tries again only what has changed, or what its tests have.
    incremental: true,
    incrementalFile: `.turbo/mutation/${name}.incremental.json`,
    // For a mutant that never comes back to the event loop; one that only waits is ended by the limit of its test.
    timeoutMS: 10_000,
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
