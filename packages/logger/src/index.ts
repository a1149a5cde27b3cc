// Log
export type { ConductorLogger } from './conductor-logger.ts';
export { DefaultLogger, DEFAULT_LOGGER_DEFAULTS } from './default-logger.ts';
export type { DefaultLoggerOptions, LogTag } from './default-logger.ts';
export type { LogDestination } from './destination.ts';
export { LOG_LEVELS, parseLogLevel } from './log-level.ts';
export type { EntryLevel, LogLevel } from './log-level.ts';
export { noopLogger } from './noop-logger.ts';

// Log through the logger the application already has
export { adaptLogger } from './adapt-logger.ts';
export { fromConsole } from './from-console.ts';
export type { ConsoleLike } from './from-console.ts';
export { fromPino } from './from-pino.ts';
export type { PinoLike } from './from-pino.ts';
export { fromWinston } from './from-winston.ts';
export type { WinstonLike } from './from-winston.ts';

// Keep secrets out
export { redactSecrets } from './redact-secrets.ts';
export type { RedactOptions } from './redactor.ts';
