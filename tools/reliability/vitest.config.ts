import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

const config: ViteUserConfig = mergeConfig(packageConfig, {
  test: {
    // After each test: what it showed to a user holds no secret.
    setupFiles: ['./src/walk-secrets.ts'],
    testTimeout: 20_000,
  },
});

export default config;
