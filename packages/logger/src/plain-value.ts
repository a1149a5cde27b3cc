import { classOf, isErrorLike, readErrorParts, type Pair } from './error-parts.ts';
import { REDACTED } from './redacted.ts';
import type { Redactor } from './redactor.ts';

/** Data that JSON can hold: no cycles, no getters, no classes. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

/** How much of a value an entry keeps. */
export const PLAIN_LIMITS = {
  /** Levels of nesting, causes of an error included. */
  depth: 8,
  /** Keys of one object, items of one array. */
  width: 100,
  /** Characters of one text. */
  text: 4_096,
  /** Values in one entry. */
  values: 1_000,
  /** Characters of all texts of one entry. */
  total: 16_384,
} as const;

/** Turns any value into bounded plain data without secrets. Never throws, whatever the value does. */
export function toPlain(value: unknown, redactor: Redactor): PlainValue {
  return new PlainCopy(redactor).copy(value);
}

/** Lives for one entry: what is left of its bounds. */
class PlainCopy {
  readonly #redactor: Redactor;
  readonly #ancestors = new Set<object>();
  #hasStack = false;
  #values: number = PLAIN_LIMITS.values;
  #characters: number = PLAIN_LIMITS.total;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  copy(value: unknown): PlainValue {
    this.#values -= 1;
    if (this.#values < 0 || this.#characters <= 0) return '[omitted: the entry is too large]';
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return Number.isFinite(value) ? value + 0 : String(value); // JSON knows no -0
      case 'boolean':
        return value;
      case 'undefined':
        return '[undefined]';
      case 'bigint':
      case 'symbol':
        return this.#text(String(value));
      case 'function':
        return '[function]';
      default:
        return value === null ? null : this.#object(value as object);
    }
  }

  #text(value: string): string {
    const limit = Math.min(PLAIN_LIMITS.text, Math.max(0, this.#characters));
    const text = this.#redactor.text(value, limit);
    this.#characters -= text.length;
    return text;
  }

  #object(value: object): PlainValue {
    if (this.#ancestors.has(value)) return '[circular]';
    if (this.#ancestors.size >= PLAIN_LIMITS.depth) return '[nested too deep]';
    this.#ancestors.add(value);
    try {
      return this.#contents(value);
    } catch {
      return '[unreadable]'; // a proxy, a toJSON or an iterator that throws
    } finally {
      this.#ancestors.delete(value);
    }
  }

  #contents(value: object): PlainValue {
    if (isErrorLike(value)) {
      const withStack = !this.#hasStack;
      this.#hasStack = true;
      return this.#pairs(readErrorParts(value, withStack));
    }
    if (Array.isArray(value)) return this.#list(value, value.length);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    // By its tag: it may be of another realm, and the mere mention of `Headers` makes Node load its own fetch and set its
    // global dispatchers.
    const kind = classOf(value);
    if (kind === 'Set') return this.#list(value as Set<unknown>, (value as Set<unknown>).size);
    if (kind === 'Map' || (kind === 'Headers' && Symbol.iterator in value))
      return this.#pairs(Array.from(value as Map<unknown, unknown>, ([key, item]): Pair => [nameOf(key), () => item]));
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.copy((value.toJSON as () => unknown)());
    const keys = Object.keys(value);
    const read = (key: string): Pair => [key, () => (value as Record<string, unknown>)[key]];
    return this.#pairs(keys.slice(0, PLAIN_LIMITS.width).map(read), keys.length);
  }

  #list(items: Iterable<unknown>, size: number): PlainValue[] {
    const list: PlainValue[] = [];
    let previous: unknown;
    for (const item of items) {
      if (list.length === PLAIN_LIMITS.width) {
        list.push(`[${size - list.length} more]`);
        break;
      }
      // Raw headers come as a flat list: name, value, name, value.
      list.push(this.#isHeaderName(previous) ? REDACTED : this.copy(item));
      previous = item;
    }
    return list;
  }

  #pairs(pairs: readonly Pair[], total: number = pairs.length): { [key: string]: PlainValue } {
    const object: { [key: string]: PlainValue } = {};
    for (const [key, read] of pairs.slice(0, PLAIN_LIMITS.width)) {
      const value = attempt(read);
      if (value === undefined) continue;
      const plain = this.#redactor.isSensitive(key) && !saysNothing(value) ? REDACTED : this.copy(value);
      // Not by assignment: a key named __proto__ would change the object instead of being one of its keys.
      Object.defineProperty(object, this.#text(key), {
        value: plain,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    if (total > PLAIN_LIMITS.width) object['…'] = `[${total - PLAIN_LIMITS.width} more]`;
    return object;
  }

  #isHeaderName(value: unknown): boolean {
    return typeof value === 'string' && /^[\w-]{1,40}$/.test(value) && this.#redactor.isSensitive(value);
  }
}

/** A key of a Map can be anything. */
function nameOf(key: unknown): string {
  if (typeof key === 'string') return key;
  return typeof key === 'number' || typeof key === 'bigint' ? `${key}` : `[${typeof key}]`;
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return '[unreadable]';
  }
}

/** Whether a secret is there at all is no secret, and often the answer that is looked for. */
function saysNothing(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}
