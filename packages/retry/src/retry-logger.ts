/** The part of a logger that is used here; `console` fits. Never given headers, bodies or tokens. */
export interface RetryLogger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}
