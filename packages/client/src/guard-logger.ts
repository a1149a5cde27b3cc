import type { ConductorLogger } from '@conductor-ts/logger';

/** A log that fails, at once or later (an async method gives a promise), ends neither a call nor the process. */
export function guardLogger(logger: ConductorLogger): ConductorLogger {
  const guarded = (level: keyof ConductorLogger) => (message: string, fields?: object) => {
    try {
      Promise.resolve<unknown>(logger[level]?.(message, fields)).catch(ignore);
    } catch {
      // There is no other place to say so.
    }
  };
  return {
    trace: logger.trace && guarded('trace'),
    debug: guarded('debug'),
    info: guarded('info'),
    warn: guarded('warn'),
    error: guarded('error'),
  };
}

function ignore(): void {}
