import type { ConductorLogger } from './conductor-logger.ts';

function ignore(): void {}

/** Writes nothing. */
export const noopLogger: ConductorLogger = Object.freeze({
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
});
