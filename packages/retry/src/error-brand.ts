/** Shared by all errors of the product, in every installed copy and realm. */
const BRAND: unique symbol = Symbol.for('@conductor-ts/error') as never;

/** Names the error's class and its own bases, most specific first. Not enumerable: it stays out of logs. */
export function brand(error: Error, names: readonly string[]): void {
  Object.defineProperty(error, BRAND, { value: names });
}

/** Was the value made by a class of this name, in whichever copy of the package? */
export function hasBrand(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names: unknown = (value as Record<symbol, unknown>)[BRAND];
  return Array.isArray(names) && names.includes(name);
}

/** `instanceof` by brand for the class itself, by prototype for a subclass that a user made of it. */
export function isInstance(
  Class: abstract new (...args: never) => unknown,
  base: unknown,
  name: string,
  value: unknown,
): boolean {
  if (Class === base) return hasBrand(value, name);
  return Object.prototype.isPrototypeOf.call(Class.prototype as object, value as object);
}
