type Entry = [name: string, value: string];

/** The header names and values that node:http2 and undici give: lower-case names, a list where a field came more than once. */
export type RawHeaders = Record<string, string | readonly string[] | undefined>;

/**
 * The headers of an answer with the members of fetch's Headers, over the plain object that the parser made. The platform's class would
 * load Node's own fetch on first use, and costs more than the rest of a call.
 */
export class ResponseHeaders {
  readonly #raw: RawHeaders;

  constructor(raw: RawHeaders) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    const value = this.#field(name);
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  }

  has(name: string): boolean {
    return this.#field(name) !== undefined;
  }

  getSetCookie(): string[] {
    return [this.#field('set-cookie') ?? []].flat();
  }

  forEach(visit: (value: string, name: string, headers: ResponseHeaders) => void, thisArg?: unknown): void {
    for (const [name, value] of this) visit.call(thisArg, value, name, this);
  }

  *keys(): Generator<string, undefined> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string, undefined> {
    for (const [, value] of this) yield value;
  }

  entries(): Generator<Entry, undefined> {
    return this[Symbol.iterator]();
  }

  /** Sorted, one entry for each Set-Cookie, as the Fetch standard has it. */
  *[Symbol.iterator](): Generator<Entry, undefined> {
    for (const name of Object.keys(this.#raw).sort()) {
      if (name.startsWith(':')) continue;
      if (name === 'set-cookie') for (const cookie of this.getSetCookie()) yield [name, cookie];
      else yield [name, this.get(name) ?? ''];
    }
  }

  append(): never {
    throw immutable();
  }

  set(): never {
    throw immutable();
  }

  delete(): never {
    throw immutable();
  }

  get [Symbol.toStringTag](): string {
    return 'Headers';
  }

  #field(name: string): string | readonly string[] | undefined {
    const raw = this.#raw;
    // A server's header may be called `constructor`; an inherited member of the object is not a header.
    const lower = Object.hasOwn(raw, name) ? name : name.toLowerCase();
    return Object.hasOwn(raw, lower) && !lower.startsWith(':') ? raw[lower] : undefined;
  }
}

function immutable(): TypeError {
  return new TypeError('The headers of a response cannot be changed');
}
