/** A key and how to read its value: reading may run a getter, so it is put off and guarded. */
export type Pair = readonly [key: string, read: () => unknown];

/** Read first and in this order; all but `stack` may stand on the prototype. */
const NAMED = ['name', 'code', 'message', 'hint'] as const;

/** An error of this realm or another one: where code runs in a context of its own, as in Jest, the platform's are of another. */
export function isErrorLike(value: unknown): boolean {
  return value instanceof Error || /^(Error|DOMException)$/.test(classOf(value));
}

/** `Map`, `Headers`, `Error` …, whichever realm it is of. */
export function classOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/**
 * What an entry tells of an error. Of its own fields only simple ones are kept (status, errno, attempts): objects hung
 * on an error are requests and responses, with headers and bodies that nobody meant to log.
 */
export function readErrorParts(error: object, withStack: boolean): Pair[] {
  const of = error as Record<string, unknown>;
  const own = Object.keys(error).filter((key) => !['stack', 'cause', 'errors', ...NAMED].includes(key));
  return [
    ...NAMED.map((key): Pair => [key, () => of[key]]),
    ...own.map((key): Pair => [key, () => simple(of[key])]),
    ['errors', () => (Array.isArray(of['errors']) ? of['errors'].slice(0, 10) : undefined)],
    ['cause', () => of['cause']],
    // A cause's stack repeats most of its parent's.
    ['stack', () => (withStack ? of['stack'] : undefined)],
  ];
}

function simple(value: unknown): unknown {
  return typeof value === 'object' || typeof value === 'function' ? undefined : value;
}
