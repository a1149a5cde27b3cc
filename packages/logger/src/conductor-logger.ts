/**
 * What the client layer asks of a logger. The message says what happened and is the same each time it
 * happens; what varies goes into `fields`.
 */
export interface ConductorLogger {
  /** Finer than debug: each attempt, each frame. A logger without it gets no such entries. */
  trace?: ((message: string, fields?: object) => void) | undefined;
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}
