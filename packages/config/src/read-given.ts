import { type Fault, isFault, type Parsed } from './parsed.ts';

/** Names and values of the environment, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The two places where values are given. */
export interface Given {
  readonly env: Environment;
  readonly code: object;
}

/** The variable without white space around it; `undefined` where it is unset or blank. */
export function readVariable(env: Environment, variable: string): Parsed<unknown> {
  return readRaw(() => env[variable]);
}

/**
 * The field's own value, trimmed if it is text; `undefined` where it is not given. What its prototype holds is not ours. `blank`: what
 * blank text is; without it, it is not given.
 */
export function readField(code: object, field: string, blank?: Fault): Parsed<unknown> {
  return readRaw(() => (Object.hasOwn(code, field) ? (code as Record<string, unknown>)[field] : undefined), blank);
}

/** Whether anything is there, be it a fault. */
export function isGiven(raw: Parsed<unknown>): boolean {
  return isFault(raw) || raw.value !== undefined;
}

function readRaw(read: () => unknown, blank?: Fault): Parsed<unknown> {
  let raw: unknown;
  try {
    raw = read();
  } catch {
    return { trouble: 'reading the value failed', advice: 'Give a plain value: here a getter or a proxy threw.' };
  }
  const value = typeof raw === 'string' ? raw.trim() : raw;
  if (value === '' && blank !== undefined) return blank;
  return { value: value === '' || value === null ? undefined : value };
}
