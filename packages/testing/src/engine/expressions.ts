import { isMap } from './field-readers.ts';
import { javaText } from './java-text.ts';
import { parsePath, valueAt } from './json-path.ts';
import type { JsonMap } from './json-map.ts';

/** What the first name of a `${...}` stands for: `workflow`, a task's reference name, or CPEWF_TASK_ID. */
export type Scope = (rootName: string) => unknown;

/** Puts values in the place of the `${...}` in all texts of a map, at any depth. */
export function resolveMap(map: JsonMap, scope: Scope): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, resolveValue(value, scope)]));
}

export function resolveValue(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return resolveText(value, scope);
  if (Array.isArray(value)) return value.map((entry) => resolveValue(entry, scope));
  if (isMap(value)) return resolveMap(value, scope);
  return value;
}

/** An expression that is the whole text keeps the value's type; one inside a longer text is spliced in as text. */
function resolveText(text: string, scope: Scope): unknown {
  if (!text.includes('${')) return text;
  const [only] = expressionsIn(text);
  if (only?.start === 0 && only.end === text.length) return lookUp(only, scope);
  return splice(text, scope);
}

function splice(text: string, scope: Scope): string {
  let spliced = '';
  let at = 0;
  for (const expression of expressionsIn(text)) {
    spliced += text.slice(at, expression.start) + javaText(lookUp(expression, scope));
    at = expression.end;
  }
  return (spliced + text.slice(at)).replaceAll('$${', '${');
}

interface Expression {
  readonly start: number;
  readonly end: number;
  /** What stands there, braces included. */
  readonly text: string;
}

/** The outermost expressions of a text, by their matching braces; `$${...}` is an escape and none. */
function expressionsIn(text: string): Expression[] {
  const found: Expression[] = [];
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', start + 1)) {
    if (text[start - 1] === '$' || (found.at(-1)?.end ?? 0) > start) continue;
    const end = endOfBraces(text, start + 1);
    if (end !== undefined) found.push({ start, end, text: text.slice(start, end) });
  }
  return found;
}

function endOfBraces(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function lookUp(expression: Expression, scope: Scope): unknown {
  // A path may hold expressions itself, which choose where it leads.
  const path = splice(expression.text.slice(2, -1), scope).trim();
  if (path === '') return '';
  const [root, ...rest] = parsePath(path) ?? [];
  if (root?.kind !== 'names') return null;
  const value = scope(root.names[0] ?? '');
  // Where there is no task, its id is nothing that could be looked up, and the text stays.
  if (value === undefined && path === 'CPEWF_TASK_ID') return expression.text;
  return valueAt(value, rest);
}
