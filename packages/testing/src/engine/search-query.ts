import { badRequest, internal } from './server-error.ts';

/**
 * The query language of the server's SQL index: comparisons joined by ` AND `, as in `workflowType IN (a,b) AND
 * startTime>5`. It is read as that index reads it, with its oddities, so that a query which finds something here finds
 * the same there: see what is said at each of them.
 */

export interface Condition {
  readonly field: string;
  readonly compare: '=' | '>' | '<' | 'IN';
  readonly values: readonly string[];
}

/** Gives the text or number of a field. */
export type FieldReader<T> = (item: T, field: string) => string | number | undefined;

/** What an index knows of the fields of a query. */
export interface IndexedFields<T> {
  /** Fields with a column of their own. */
  readonly columns: ReadonlySet<string>;
  readonly read: FieldReader<T>;
}

/** Taken for fields of any index, also where it has no such column: then the database refuses the query. */
const FIELDS = new Map([
  ['workflowId', 'workflow_id'],
  ['correlationId', 'correlation_id'],
  ['workflowType', 'workflow_type'],
  ['parentWorkflowId', 'parent_workflow_id'],
  ['classifier', 'classifier'],
  ['startTime', 'start_time'],
  ['updateTime', 'update_time'],
  ['endTime', 'end_time'],
  ['taskId', 'task_id'],
  ['taskType', 'task_type'],
  ['taskDefName', 'task_def_name'],
  ['status', 'status'],
  ['jsonData', 'json_data'],
]);

/** Not anchored, and with room for one space at most: `status  =  RUNNING` is read as a condition on the field `RUNN`. */
const CONDITION = /([a-zA-Z]+)\s?(=|>|<|IN)\s?(.*)/;

/** Splits a query into its conditions; one about an unknown field counts for nothing. */
export function parseQuery(query: string | undefined): Condition[] {
  const conditions = splitByAnd(query ?? '').map((part) => {
    const match = CONDITION.exec(part);
    if (!match) throw badRequest(`Incorrectly formatted query string: ${part}`);
    const [, field = '', compare = '=', value = ''] = match;
    // No space is taken off: of `IN (A, B)` the second value begins with one, and finds nothing.
    return { field, compare: compare as Condition['compare'], values: value.replaceAll(/["'()]/g, '').split(',') };
  });
  return conditions.filter(({ field }) => FIELDS.has(field));
}

/** Whether an index can answer these conditions; throws what its database says where it cannot. */
export function checkFields<T>(conditions: readonly Condition[], index: IndexedFields<T>): void {
  for (const { field, compare, values } of conditions) {
    checkColumn(field, index);
    if (compare !== 'IN' && values.length > 1) throw internal('Index 1 out of bounds for length 1');
    if (isTime(field) && !/^-?\d+$/.test(values[0] ?? '')) throw internal(`For input string: "${values[0]}"`);
  }
}

export function matches<T>(item: T, conditions: readonly Condition[], read: FieldReader<T>): boolean {
  return conditions.every(({ field, compare, values }) => compareTo(read(item, field) ?? '', compare, values));
}

/** `field:ASC` or `field:DESC`, several with `|` between; anything else is ignored. */
export function parseSort<T>(sort: string | undefined, index: IndexedFields<T>): { field: string; sign: 1 | -1 }[] {
  return (sort ?? '').split('|').flatMap((key) => {
    const [field = '', direction = '', ...more] = key.split(':');
    if (!FIELDS.has(field) || !/^(asc|desc)$/i.test(direction) || more.length > 0) return [];
    checkColumn(field, index);
    return [{ field, sign: direction.toUpperCase() === 'ASC' ? 1 : -1 }];
  });
}

function checkColumn<T>(field: string, { columns }: IndexedFields<T>): void {
  if (columns.has(field)) return;
  const column = FIELDS.get(field);
  throw internal(
    `Cannot prepare statement for query: [SQLITE_ERROR] SQL error or missing database (no such column: ${column})`,
  );
}

function compareTo(actual: string | number, compare: Condition['compare'], values: readonly string[]): boolean {
  const [first = ''] = values;
  const wanted = typeof actual === 'number' ? Number(first) : first;
  switch (compare) {
    case '=':
      return isLike(actual, first);
    case 'IN':
      return values.some((value) => isLike(actual, value));
    case '>':
      return actual > wanted;
    case '<':
      return actual < wanted;
    default:
      return true;
  }
}

/** A `*` in a value stands for any text. */
function isLike(actual: string | number, wanted: string): boolean {
  if (typeof actual === 'number') return actual === Number(wanted);
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

/** Empty parts at the end do not count. */
function splitByAnd(query: string): string[] {
  const parts = query === '' ? [] : query.split(' AND ');
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

const isTime = (field: string): boolean => field.endsWith('Time');
