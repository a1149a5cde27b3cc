/** A value that was read, or why it cannot be used. */
export type Parsed<T> = { readonly value: T } | Fault;

export interface Fault {
  readonly trouble: string;
  readonly advice: string;
}

export function isFault(parsed: object): parsed is Fault {
  return 'trouble' in parsed;
}
