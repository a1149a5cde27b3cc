/** A logger that keeps its lines, for tests that look at them; others just want silence. */
export function keepingLogger(): {
  lines: string[];
  logger: Record<'debug' | 'info' | 'warn' | 'error', (message: string, fields?: object) => void>;
} {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (message: string, fields?: object): void => {
      lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
    };
  return { lines, logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } };
}
