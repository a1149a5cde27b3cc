/** The lowest and the newest Node of each supported line. The newest move with the toolchain's other versions. */
export const NODE_VERSIONS = ['22.19.0', '22.23.3', '24.0.0', '24.21.0', '26.0.0', '26.10.0'] as const;
