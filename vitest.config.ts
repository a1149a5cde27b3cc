import { defineConfig } from 'vitest/config';

// Tests import the packages' sources, so that no build is needed before `pnpm test`.
const conditions = ['@conductor-ts/source', 'module', 'node', 'development|production'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'all', include: ['packages/*/test/**/*.test.ts', 'tools/*/test/**/*.test.ts'] },
      },
    ],
  },
});
