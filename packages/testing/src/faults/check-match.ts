import type { FaultMatch } from './fault-rule.ts';

/** Refuses a rule that could strike nothing, where the test adds it: a misspelt operation would let the test pass without its fault. */
export function checkMatch({ operation = [] }: FaultMatch, known: ReadonlySet<string>): void {
  for (const name of [operation].flat()) {
    if (known.has(name)) continue;
    const [group] = name.split('.');
    const likely = [...known].filter((other) => other.startsWith(`${group}.`));
    throw new RangeError(
      `operation: no request is known as ${JSON.stringify(name)}. Give the group and method of the client, ` +
        (likely.length === 0
          ? 'such as workflow.start, or match by path.'
          : `one of ${likely.join(', ')}; or match by path.`),
    );
  }
}
