const BRAND = Symbol.for('@conductor-ts/error');

/** Marks an error as a `names[0]`, which also is a `names[1]`, and so on. Not enumerable: invisible in logs and JSON. */
export function brand(error: object, names: readonly string[]): void {
  Object.defineProperty(error, BRAND, { value: names, configurable: true });
}

/** `instanceof` by name: a second installed copy of this package, or another realm, has classes of its own. */
export function hasBrand(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names: unknown = (value as Record<symbol, unknown>)[BRAND];
  return Array.isArray(names) && names.includes(name);
}

/** The ordinary check, for classes that users derive from ours. */
export function isOrdinaryInstance(value: unknown, constructor: { readonly prototype: object }): boolean {
  return (
    typeof value === 'object' && value !== null && Object.prototype.isPrototypeOf.call(constructor.prototype, value)
  );
}
