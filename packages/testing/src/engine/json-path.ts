import { isMap } from './field-readers.ts';

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'length' };

const STEP = /\.?(?:\[(?:'([^']*)'|"([^"]*)"|(-?\d+)|(\*))\]|(length\(\))|(\*)|([^.[\]]+))/gy;

/** Splits `a.b[0]['c']` into its steps; undefined when the text is not such a path. */
export function parsePath(path: string): Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    const [, single, double, index, allInBrackets, length, all, name] = match;
    if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (allInBrackets !== undefined || all !== undefined) steps.push({ kind: 'all' });
    else if (length !== undefined) steps.push({ kind: 'length' });
    else steps.push({ kind: 'name', name: single ?? double ?? name ?? '' });
  }
  return steps;
}

/** The value a path leads to; null where there is none, as the real server gives. */
export function valueAt(root: unknown, steps: readonly Step[]): unknown {
  let value = root;
  for (const [position, step] of steps.entries()) {
    if (step.kind === 'all') {
      const rest = steps.slice(position + 1);
      return entriesOf(value).map((entry) => valueAt(entry, rest));
    }
    value = follow(value, step);
    if (value === undefined || value === null) return null;
  }
  return value ?? null;
}

function follow(value: unknown, step: Step): unknown {
  if (step.kind === 'name') return isMap(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined;
  if (!Array.isArray(value)) return undefined;
  return step.kind === 'index' ? value.at(step.index) : value.length;
}

function entriesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isMap(value) ? Object.values(value) : [];
}
