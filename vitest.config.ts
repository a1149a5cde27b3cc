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
    ...reporting,
  },
});
