/** Turns the text of an answer into a value, as `JSON.parse` does. */
export type ParseJson = (text: string) => unknown;

/** What a reviver is told in engines with source text access (ECMA-262 JSON.parse, proposal of 2025; Node 22 has it). */
interface ReviverContext {
  readonly source?: string;
}

/** Anything shorter is exact. */
const LONG_NUMBER = /\d{16}/;
const WHOLE = /^-?\d+$/;

/**
 * As `JSON.parse`, but whole numbers beyond 2^53 become strings with all their digits: a number would lose the last ones.
 * Conductor's own fields stay below; inputs and outputs of workflows may hold any.
 *
 * @example
 * const client = await createConductorClient(config, undefined, { parseJson: bigIntegersAsStrings });
 */
export function bigIntegersAsStrings(text: string): unknown {
  // A reviver makes parsing several times slower, and nearly no answer needs one.
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: ReviverContext) => {
    const source = context?.source;
    return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && WHOLE.test(source)
      ? source
      : value;
  });
}
