import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Neighbours are imported as sources, so that no build is needed first. */
export const sourceConditions: string[] = ['@conductor-ts/source', 'module', 'node', 'development|production'];

/** How the tests of one package run. */
export const packageConfig: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: sourceConditions } },
  test: { include: ['test/**/*.test.ts'] },
});
