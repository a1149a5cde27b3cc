import type { RetryLogger } from './retry-logger.ts';

/** What becomes of a call does not hang on its log: a success that a broken logger turned into a failure might be sent again. */
export function guardLogger(logger: RetryLogger): RetryLogger {
  const guarded = (level: keyof RetryLogger) => (message: string, fields?: object) => {
    try {
      logger[level](message, fields);
    } catch {
      // There is no other place to say so.
    }
  };
  return { debug: guarded('debug'), info: guarded('info'), warn: guarded('warn') };
}
