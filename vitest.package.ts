import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { QuickFirst } from './vitest.quick-first.ts';

/** Neighbours are imported as sources, so that no build is needed first. */
const resolve = { conditions: ['@conductor-ts/source', 'module', 'node', 'development|production'] };

/** CI reads the counts from a file. */
export const reporting: { reporters: string[]; outputFile: Record<string, string> } = {
  reporters: process.env['CI'] === undefined ? ['default'] : ['default', 'json'],
  outputFile: { json: '.turbo/test-results.json' },
};

/** Set by a mutation run: many of its tests hang. */
const mutationGuardMs = process.env['TEST_GUARD_MS'];

/** Against a hang, on a machine that does much else meanwhile. */
const guardMs = Number(mutationGuardMs ?? 60_000);

/** How the tests of one package run. */
export const packageConfig: ViteUserConfig = defineConfig({
  ssr: { resolve },
  // Vitest's own environment: what runs once before all tests is loaded there.
  environments: { __vitest__: { resolve } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: guardMs,
    hookTimeout: guardMs,
    // What is waited for by looking again and again comes late on such a machine: by default it has a second.
    expect: { poll: { timeout: guardMs / 3 } },
    // All cores: by default one is left free, which on a machine with two is half of it.
    maxWorkers: '100%',
    // A worker loads the sources once, and not for each file. So no test may lean on a module that nobody has used yet, nor leave one changed.
    isolate: false,
    ...(mutationGuardMs === undefined ? {} : { sequence: { sequencer: QuickFirst } }),
    ...reporting,
  },
});
