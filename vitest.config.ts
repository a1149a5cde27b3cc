import { defineConfig } from 'vitest/config';
import { reporting } from './vitest.package.ts';

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'tools/*/vitest.config.ts',
      'examples/*/vitest.config.ts',
      'bench/vitest.config.ts',
    ],
    // All cores: by default one is left free, which on a machine with two is half of it.
    maxWorkers: '100%',
    ...reporting,
  },
});
