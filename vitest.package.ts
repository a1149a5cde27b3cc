import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** How the tests of one package run: against the sources of its neighbours, so that no build is needed first. */
export const packageConfig: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: ['@conductor-ts/source', 'module', 'node', 'development|production'] } },
  test: { include: ['test/**/*.test.ts'] },
});
