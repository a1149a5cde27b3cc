import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

const config: ViteUserConfig = mergeConfig(packageConfig, {
  test: {
    globalSetup: ['./src/judged-server.ts'],
    // The real server waits for its disk now and then.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default config;
