/** A value that was read, or why it cannot be used. */
export type Parsed<T> = { readonly value: T } | Fault;

export interface Fault {
  readonly trouble: string;
  readonly advice: string;
}

export function isFault(parsed: object): parsed is Fault {
  return 'trouble' in parsed;
}

/** C0 and C1 controls: they split headers and requests, and are invisible in a terminal. */
export function hasControlCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return /[\u0000-\u001F\u007F-\u009F]/.test(text);
}
