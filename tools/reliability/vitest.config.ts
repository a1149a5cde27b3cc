import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

/** What every test here runs with. */
export const reliabilityConfig: ViteUserConfig = mergeConfig(packageConfig, {
  test: {
    // After each test: what it showed to a user holds no secret.
    setupFiles: ['./src/walk-secrets.ts'],
    // Guards against a hang, for a machine that does much else meanwhile: nothing here waits so long.
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000, interval: 10 } },
  },
});

// What takes longer has a command of its own, `pnpm test:long`.
const config: ViteUserConfig = mergeConfig(reliabilityConfig, { test: { exclude: ['test/long/**'] } });

export default config;
