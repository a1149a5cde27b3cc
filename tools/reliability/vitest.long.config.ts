import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { reliabilityConfig } from './vitest.config.ts';

/** The tests that take longer than all others: thousands of calls at a time, processes that are stopped, churn. */
const config: ViteUserConfig = mergeConfig(reliabilityConfig, {
  test: { dir: 'test/long', testTimeout: 180_000, maxWorkers: '100%' },
});

export default config;
