import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

const isReal = process.env['CONTRACT_SERVER'] === 'real';

const config: ViteUserConfig = mergeConfig(packageConfig, {
  test: {
    // Guards against a hang: several states may each come as late as it may.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The real server is one for all files, and some of them count what it holds.
    ...(isReal ? { maxWorkers: 1 } : {}),
    globalSetup: ['./src/contract-run.ts'],
    setupFiles: ['./src/each-file.ts'],
    // The real server works in the background, and a busy machine may let it show a state that no other time is seen: only what differs twice
    // differs. CONTRACT_RETRY=0 shows each test that differs once.
    retry: isReal ? Number(process.env['CONTRACT_RETRY'] ?? 1) : 0,
  },
});

export default config;
