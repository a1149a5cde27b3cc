import type { ConductorLogger } from './conductor-logger.ts';
import { defaultDestination, writeLine, type LogDestination } from './destination.ts';
import { formatJson, formatText } from './format-entry.ts';
import { plainFields, plainMessage } from './log-fields.ts';
import { LOG_LEVELS, parseLogLevel, type EntryLevel, type LogLevel } from './log-level.ts';
import { createRedactor, type RedactOptions, type Redactor } from './redactor.ts';

/** A text is written in brackets before the message; an object adds its fields to each entry. */
export type LogTag = string | object;

export interface DefaultLoggerOptions extends RedactOptions {
  /**
   * A name in any case or a number on pino's scale: trace 10, debug 20, info 30, warn 40, error 50, silent 60.
   * The variable CONDUCTOR_LOG_LEVEL wins over it, as the environment does for every setting. @default 'info'
   */
  readonly level?: LogLevel | Uppercase<LogLevel> | (string & {}) | number | undefined;
  /** @default [] */
  readonly tags?: readonly LogTag[] | undefined;
  /** `text` is for people, `json` for machines: one object a line, with `time`, `level`, `pid`, `message`. @default 'text' */
  readonly format?: 'text' | 'json' | undefined;
  /** @default standard error; the console where there is none */
  readonly destination?: LogDestination | undefined;
  /** Where CONDUCTOR_LOG_LEVEL is looked up; `{}` ignores the environment. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
}

export const DEFAULT_LOGGER_DEFAULTS = { level: 'info', format: 'text' } as const;

/** Writes one line per entry, bounded and without secrets. Never throws. Methods may be passed on without the logger. */
export class DefaultLogger implements ConductorLogger {
  readonly #options: DefaultLoggerOptions;
  readonly #level: LogLevel;
  readonly #redactor: Redactor;

  constructor(options: DefaultLoggerOptions = {}) {
    this.#options = options;
    this.#redactor = createRedactor(options);
    const given = [levelVariable(options.env), options.level].filter((value) => value !== undefined);
    const levels = given.map(parseLogLevel);
    this.#level = levels.find((level) => level !== undefined) ?? DEFAULT_LOGGER_DEFAULTS.level;
    if (levels.includes(undefined))
      this.warn('Unknown log level ignored', { known: Object.keys(LOG_LEVELS), used: this.#level });
  }

  /** Entries below it are not written. */
  get level(): LogLevel {
    return this.#level;
  }

  readonly trace = (message: string, fields?: object): void => this.#log('trace', message, fields);
  readonly debug = (message: string, fields?: object): void => this.#log('debug', message, fields);
  readonly info = (message: string, fields?: object): void => this.#log('info', message, fields);
  readonly warn = (message: string, fields?: object): void => this.#log('warn', message, fields);
  readonly error = (message: string, fields?: object): void => this.#log('error', message, fields);

  /** The same logger with more tags. */
  child(tags: LogTag | readonly LogTag[]): DefaultLogger {
    const more = Array.isArray(tags) ? (tags as readonly LogTag[]) : [tags];
    return new DefaultLogger({
      ...this.#options,
      level: this.#level,
      env: {},
      tags: [...(this.#options.tags ?? []), ...more],
    });
  }

  #log(level: EntryLevel, message: string, fields: object | undefined): void {
    if (LOG_LEVELS[level] < LOG_LEVELS[this.#level]) return;
    const { destination = defaultDestination } = this.#options;
    try {
      writeLine(destination, this.#line(level, message, fields), level);
    } catch {
      // Only what the user injected is left to fail here (`now`, the function of `redact`). Without the list of secrets
      // nothing of the entry may be shown.
      writeLine(destination, `${level.toUpperCase()} a log entry was withheld: the logger's own options threw`, level);
    }
  }

  #line(level: EntryLevel, message: string, fields: object | undefined): string {
    const { tags = [], format = DEFAULT_LOGGER_DEFAULTS.format, now = Date.now } = this.#options;
    const texts = tags.filter((tag) => typeof tag === 'string');
    const objects = tags.filter((tag) => typeof tag !== 'string');
    const entry = {
      time: new Date(now()).toISOString(),
      level,
      pid: globalThis.process?.pid,
      tags: texts.map((tag) => plainMessage(tag, this.#redactor)),
      message: plainMessage(message, this.#redactor),
      fields: Object.assign({}, ...[...objects, fields].map((some) => plainFields(some, this.#redactor))) as ReturnType<
        typeof plainFields
      >,
    };
    return format === 'json' ? formatJson(entry) : formatText(entry);
  }
}

/** The variable as far as there is one: a blank one is none, and Deno refuses the environment to a program without the right. */
function levelVariable(env: DefaultLoggerOptions['env']): string | undefined {
  try {
    const value = (env ?? globalThis.process?.env)?.['CONDUCTOR_LOG_LEVEL'];
    return value?.trim() === '' ? undefined : value;
  } catch {
    return undefined;
  }
}
