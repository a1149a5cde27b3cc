/** The part of the server's query language that clients use: comparisons joined by AND, as in `workflowType IN (a,b) AND startTime > 5`. */

export type Compare = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'IN';

export interface Condition {
  readonly field: string;
  readonly compare: Compare;
  readonly values: readonly string[];
}

/** Gives the text or number of a field; `undefined` for one that the index does not have. */
export type FieldReader<T> = (item: T, field: string) => string | number | undefined;

const CONDITION = /^\s*([\w.]+)\s*(IN|!=|>=|<=|=|>|<)\s*(.+?)\s*$/is;

/** Splits a query into its conditions; a part that is not one is ignored, as the real server ignores fields it does not know. */
export function parseQuery(query: string | undefined): Condition[] {
  return splitByAnd(query ?? '').flatMap((part) => {
    const match = CONDITION.exec(part);
    if (!match) return [];
    const [, field = '', compare = '=', value = ''] = match;
    return [{ field, compare: compare.toUpperCase() as Compare, values: valuesOf(value) }];
  });
}

export function matches<T>(item: T, conditions: readonly Condition[], read: FieldReader<T>): boolean {
  return conditions.every(({ field, compare, values }) => {
    const actual = read(item, field);
    return actual === undefined || compareTo(actual, compare, values);
  });
}

function compareTo(actual: string | number, compare: Compare, values: readonly string[]): boolean {
  const [first = ''] = values;
  const order = typeof actual === 'number' ? actual - toNumber(first) : actual < first ? -1 : Number(actual > first);
  switch (compare) {
    case '=':
      return isLike(actual, first);
    case '!=':
      return !isLike(actual, first);
    case 'IN':
      return values.some((value) => isLike(actual, value));
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    default:
      return true;
  }
}

/** A `*` in a value stands for any text. */
function isLike(actual: string | number, wanted: string): boolean {
  if (typeof actual === 'number') return actual === toNumber(wanted);
  if (!wanted.includes('*')) return actual === wanted;
  const parts = wanted.split('*');
  const [head = ''] = parts;
  if (!actual.startsWith(head)) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = actual.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const tail = parts.at(-1) ?? '';
  return actual.length - tail.length >= at && actual.endsWith(tail);
}

/** Times may be given in milliseconds or as ISO text. */
function toNumber(text: string): number {
  const number = Number(text);
  return Number.isNaN(number) ? Date.parse(text) : number;
}

function valuesOf(text: string): string[] {
  const list = /^\((.*)\)$/s.exec(text);
  return (list ? (list[1] ?? '').split(',') : [text]).map((value) => value.trim().replaceAll(/^(['"])(.*)\1$/gs, '$2'));
}

/** An AND within quotes is part of a value. */
function splitByAnd(query: string): string[] {
  return query.split(/\s+AND\s+(?=(?:[^"']|"[^"]*"|'[^']*')*$)/i).filter((part) => part.trim() !== '');
}
