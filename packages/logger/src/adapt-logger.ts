import type { ConductorLogger } from './conductor-logger.ts';
import { fromConsole, type ConsoleLike } from './from-console.ts';
import { fromPino, type PinoLike } from './from-pino.ts';
import { fromWinston, type WinstonLike } from './from-winston.ts';
import type { RedactOptions } from './redactor.ts';

/**
 * Takes the logger that an application has. pino, winston and the console are told by what only they have and get their
 * adapter: passed as they are they type-check, and then lose fields. Any other logger is returned as it is.
 */
export function adaptLogger(
  logger: ConductorLogger | PinoLike | WinstonLike | ConsoleLike,
  options: RedactOptions = {},
): ConductorLogger {
  if (has(logger, 'bindings', 'isLevelEnabled', 'flush')) return fromPino(logger as PinoLike, options);
  if (has(logger, 'log', 'isLevelEnabled', 'configure')) return fromWinston(logger as WinstonLike, options);
  if (has(logger, 'table', 'groupCollapsed', 'trace')) return fromConsole(logger as ConsoleLike, options);
  return logger as ConductorLogger;
}

function has(logger: object, ...methods: string[]): boolean {
  return methods.every((name) => typeof (logger as Record<string, unknown>)[name] === 'function');
}
