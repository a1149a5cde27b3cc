import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

const config: ViteUserConfig = mergeConfig(packageConfig, {
  test: {
    globalSetup: ['./src/judged-server.ts'],
  },
});

export default config;
