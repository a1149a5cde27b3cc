import type { UserConfig } from 'tsdown';

/** Built, so that what is measured runs as a user's program does: on the built packages, with no compiler in its process. */
const config: UserConfig = {
  entry: ['src/main.ts', 'src/responder.ts', 'src/contender-child.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node24',
  fixedExtension: false,
  dts: false,
  // Compared with, and never shipped.
  deps: { neverBundle: ['@io-orkes/conductor-javascript'] },
};
export default config;
