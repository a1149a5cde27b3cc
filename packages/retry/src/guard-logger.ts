import { ignore } from './dropped-body.ts';
import type { RetryLogger } from './retry-logger.ts';

/** What becomes of a call does not hang on its log: a success that a broken logger turned into a failure might be sent again. */
export function guardLogger(logger: RetryLogger): RetryLogger {
  const guarded = (level: keyof RetryLogger) => (message: string, fields?: object) => {
    try {
      // Declared to give nothing; an async method gives a promise all the same, perhaps one of another realm, and its rejection would end the process.
      Promise.resolve<unknown>(logger[level](message, fields)).catch(ignore);
    } catch {
      // There is no other place to say so.
    }
  };
  return { debug: guarded('debug'), info: guarded('info'), warn: guarded('warn') };
}
