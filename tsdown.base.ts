import type { UserConfig } from 'tsdown';

/** How every published package is built: ES modules for the oldest supported Node, with types and source maps. */
export const base: UserConfig = {
  entry: ['src/index.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  dts: true,
  sourcemap: true,
  fixedExtension: false,
};
