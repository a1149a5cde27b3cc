export interface FailingLogger {
  readonly logger: Readonly<Record<'debug' | 'info' | 'warn' | 'error', () => Promise<never>>>;
  /** Lines it was given. */
  readonly lines: number;
}

/** A logger of which each method throws, or gives a promise that is rejected. */
export function failingLogger(when: 'at once' | 'later'): FailingLogger {
  let lines = 0;
  const line = (): Promise<never> => {
    lines += 1;
    const error = new Error('thrown on purpose');
    if (when === 'at once') throw error;
    return Promise.reject(error);
  };
  return {
    logger: { debug: line, info: line, warn: line, error: line },
    get lines() {
      return lines;
    },
  };
}
