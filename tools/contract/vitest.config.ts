import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

const config: ViteUserConfig = mergeConfig(packageConfig, {
  test: {
    globalSetup: ['./src/judged-server.ts'],
    // The real server works in the background and shows states between two others now and then: only what differs twice differs.
    retry: process.env['CONTRACT_SERVER'] === 'real' ? 2 : 0,
  },
});

export default config;
