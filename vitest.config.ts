import { defineConfig } from 'vitest/config';
import { sourceConditions } from './vitest.package.ts';

export default defineConfig({
  // For what runs once before all tests.
  ssr: { resolve: { conditions: sourceConditions } },
  test: {
    projects: ['packages/*/vitest.config.ts', 'tools/*/vitest.config.ts', 'examples/*/vitest.config.ts'],
    // CI reads the counts from this file.
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', 'json'],
    outputFile: { json: '.turbo/test-results.json' },
  },
});
