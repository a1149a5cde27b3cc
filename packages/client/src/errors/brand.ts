/** Shared by every package of the family, so that one class recognises the errors of another installed copy. */
const BRAND = Symbol.for('@conductor-ts/error');

/** Marks an error with the names of its class and that class's bases, most specific first. Not enumerable: it never shows in logs. */
export function brand(error: object, names: readonly string[]): void {
  Object.defineProperty(error, BRAND, { value: names, configurable: true });
}

export function brandOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const names: unknown = Reflect.get(value, BRAND);
  return Array.isArray(names) ? names : undefined;
}

/**
 * `instanceof` by brand for a class of ours, by prototype for a user's subclass: errors made by another copy
 * (a second version, a bundle, a Jest realm) have other prototypes.
 */
export function isInstanceByBrand(self: Function, ours: Function, name: string, value: unknown): boolean {
  if (self !== ours) return Function.prototype[Symbol.hasInstance].call(self, value);
  return brandOf(value)?.includes(name) ?? false;
}
