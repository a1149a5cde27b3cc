/** What is shown in place of a secret that is set. */
export const MASK = '[set]';

/** A proxy's URL without user and password. */
export function maskUserInfo(url: string): string {
  return url.replace(/\/\/[^/]*@/, `//${MASK}@`);
}

/**
 * Makes `JSON.stringify`, `util.inspect` and `console.log` show the view in place of the object, whose properties stay
 * readable. The property of the object is not enumerable, so that a spread does not carry it over.
 */
export function showAs<T extends object>(object: T, view: () => object): T {
  return Object.defineProperties(object, {
    toJSON: { value: view },
    [Symbol.for('nodejs.util.inspect.custom')]: {
      value: (_depth: number, options: object, inspect: (value: object, options: object) => string) =>
        inspect(view(), options),
    },
  });
}
