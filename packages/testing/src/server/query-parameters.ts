import { ServerError } from '../engine/server-error.ts';

/** Readers of query parameters. A bad or missing one is a 500 with the message of the server's framework, not a 400. */
export class QueryParameters {
  readonly #values: URLSearchParams;

  constructor(search: string) {
    // The servlet container drops a parameter that it cannot decode.
    const readable = search.split('&').filter((pair) => !/%(?![0-9a-f]{2})/i.test(pair));
    this.#values = new URLSearchParams(readable.join('&'));
  }

  names(): ReadonlySet<string> {
    return new Set(this.#values.keys());
  }

  text(name: string): string | undefined {
    return this.#values.get(name) ?? undefined;
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw failure(`Required request parameter '${name}' for method parameter type String is not present`);
    }
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined || value === '' ? undefined : parseInteger(name, value);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.text(name);
    if (value === undefined || value === '') return otherwise;
    if (TRUE_WORDS.has(value.toLowerCase())) return true;
    if (FALSE_WORDS.has(value.toLowerCase())) return false;
    throw conversionFailure(name, 'boolean', `Invalid boolean value [${value}]`);
  }

  /** Repeated (`a=1&a=2`) and comma separated (`a=1,2`) are the same to the server. */
  list(name: string): string[] | undefined {
    const values = this.#values.getAll(name).flatMap((value) => value.split(','));
    return values.length === 0 ? undefined : values;
  }
}

/** Also for path segments that are declared as numbers. */
export function parseInteger(name: string, value: string): number {
  if (!/^[+-]?\d{1,15}$/.test(value))
    throw conversionFailure(name, 'java.lang.Integer', `For input string: "${value}"`);
  return Number(value);
}

const TRUE_WORDS = new Set(['true', 'on', 'yes', '1']);
const FALSE_WORDS = new Set(['false', 'off', 'no', '0']);

const conversionFailure = (name: string, type: string, detail: string): ServerError =>
  failure(
    `Method parameter '${name}': Failed to convert value of type 'java.lang.String' to required type '${type}'; ${detail}`,
  );

const failure = (message: string): ServerError => new ServerError(500, message);
