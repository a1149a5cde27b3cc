import { isMap } from './field-readers.ts';
import { parseFilter, type Filter } from './json-path-filter.ts';

export type PathStep =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number | undefined; readonly to?: number | undefined }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'all' }
  /** The value and everything in it, at any depth: `..` */
  | { readonly kind: 'deep' }
  | { readonly kind: 'length' };

const STEP =
  /(\.\.)(?=[^.])|\.?(?:\[\s*(?:((?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))*)|(-?\d+(?:\s*,\s*-?\d+)*)|(-?\d*):(-?\d*)|(\*)|\?\((.*?)\))\s*\]|(length\(\))|(\*)|([^.[\]]+))/gy;

/** Splits a JSON path such as `a.b[0]['c'][?(@.d > 1)]` into its steps; undefined when the text is not such a path. */
export function parsePath(path: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  let at = 0;
  while (at < path.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(path);
    // Read before the step is made: a condition in it is a path of its own.
    at = STEP.lastIndex;
    const step = match && stepOf(match);
    if (!step) return undefined;
    steps.push(step);
  }
  return steps;
}

function stepOf(match: RegExpExecArray): PathStep | undefined {
  const [, deep, quoted, indexes, from, to, allInBrackets, filter, length, all, name] = match;
  if (deep !== undefined) return { kind: 'deep' };
  if (quoted !== undefined)
    return { kind: 'names', names: [...quoted.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, a, b]) => a ?? b ?? '') };
  if (indexes !== undefined) return { kind: 'indexes', indexes: indexes.split(',').map(Number) };
  if (from !== undefined || to !== undefined) return { kind: 'slice', from: numberOf(from), to: numberOf(to) };
  if (allInBrackets !== undefined || all !== undefined) return { kind: 'all' };
  if (length !== undefined) return { kind: 'length' };
  if (filter === undefined) return { kind: 'names', names: [name ?? ''] };
  const parsed = parseFilter(filter, (path) => {
    const steps = parsePath(path);
    return steps && ((entry) => valueAt(entry, steps));
  });
  return parsed && { kind: 'filter', filter: parsed };
}

/** What a path leads to: a value, null where there is none, and a list when the path may lead to several. */
export function valueAt(root: unknown, steps: readonly PathStep[]): unknown {
  let found: unknown[] = [root];
  for (const step of steps)
    found = found.flatMap((value) => follow(value, step)).filter((value) => value !== undefined);
  return steps.every((step) => isDefinite(step)) ? (found[0] ?? null) : found;
}

function isDefinite(step: PathStep): boolean {
  if (step.kind === 'names') return step.names.length === 1;
  if (step.kind === 'indexes') return step.indexes.length === 1;
  return step.kind === 'length';
}

function follow(value: unknown, step: PathStep): unknown[] {
  switch (step.kind) {
    case 'names':
      return isMap(value) ? step.names.map((name) => (Object.hasOwn(value, name) ? value[name] : undefined)) : [];
    case 'indexes':
      return Array.isArray(value) ? step.indexes.map((index): unknown => value.at(index)) : [];
    case 'slice':
      return Array.isArray(value) ? value.slice(step.from, step.to) : [];
    case 'filter':
      return (Array.isArray(value) ? value : [value]).filter((entry) => step.filter(entry));
    case 'all':
      return entriesOf(value);
    case 'deep':
      return withDescendants(value);
    case 'length':
      return [Array.isArray(value) || isMap(value) ? entriesOf(value).length : null];
  }
}

function entriesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isMap(value) ? Object.values(value) : [];
}

function withDescendants(value: unknown): unknown[] {
  return [value, ...entriesOf(value).flatMap((entry) => withDescendants(entry))];
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}
