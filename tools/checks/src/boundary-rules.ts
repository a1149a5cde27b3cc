/** What one package may import. `true` for `node` means Node's own modules. */
export interface BoundaryRule {
  readonly packages: readonly string[];
  readonly external: readonly string[];
  readonly node: boolean;
}

/**
 * Which package may import what at run time. Packages that someone installs alone (`retry`, `auth`, `logger`) import
 * nothing, not even Node's own modules, so that they run wherever `fetch` does.
 */
export const BOUNDARY_RULES: Readonly<Record<string, BoundaryRule>> = {
  logger: { packages: [], external: [], node: false },
  config: { packages: ['@conductor-ts/logger'], external: [], node: true },
  transport: { packages: [], external: ['undici'], node: true },
  retry: { packages: [], external: [], node: false },
  auth: { packages: [], external: [], node: false },
  client: {
    packages: [
      '@conductor-ts/auth',
      '@conductor-ts/config',
      '@conductor-ts/logger',
      '@conductor-ts/retry',
      '@conductor-ts/transport',
    ],
    external: [],
    node: false,
  },
  // @peculiar/x509 needs reflect-metadata loaded first.
  testing: { packages: [], external: ['@peculiar/x509', 'reflect-metadata'], node: true },
};

/** Packages of which only types may be imported by the package named first. */
export const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = { config: ['@conductor-ts/logger'] };
