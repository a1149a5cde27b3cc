import type { TransportLogger } from './transport-options.ts';

/** A broken logger ends no call, and not the process: lines are written from timers and events, where nobody could catch what it throws. */
export function guardLogger(logger: TransportLogger): TransportLogger {
  const guarded = (level: keyof TransportLogger) => (message: string, fields?: object) => {
    try {
      // Declared to give nothing; an async method gives a promise all the same, perhaps one of another realm, and its rejection would end the process.
      Promise.resolve<unknown>(logger[level](message, fields)).catch(ignore);
    } catch {
      // There is no other place to say so.
    }
  };
  return { debug: guarded('debug'), info: guarded('info'), warn: guarded('warn'), error: guarded('error') };
}

function ignore(): void {}
