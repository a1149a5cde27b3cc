import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import { packageConfig } from '../../vitest.package.ts';

// Whole runs, on the embedded server, beside all the other tests.
const config: ViteUserConfig = mergeConfig(packageConfig, { test: { testTimeout: 60_000 } });

export default config;
