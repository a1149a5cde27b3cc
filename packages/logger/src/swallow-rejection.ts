/**
 * What a method that logs gives is nothing by its type, and a promise where it is async: its rejection would end the process.
 * Any promise: in a context of its own, as in Jest, those of the platform are of another class.
 */
export function swallowRejection(result: unknown): void {
  Promise.resolve(result).catch(() => {});
}
