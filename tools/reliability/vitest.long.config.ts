import type { ViteUserConfig } from 'vitest/config';
import { reliabilityConfig } from './vitest.config.ts';

/** The tests that take longer than all others: thousands of calls at a time, processes that are stopped, churn. */
const config: ViteUserConfig = {
  ...reliabilityConfig,
  test: { ...reliabilityConfig.test, include: ['test/long/**/*.test.ts'], testTimeout: 180_000 },
};

export default config;
