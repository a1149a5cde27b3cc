import { isMap } from './field-readers.ts';
import { javaText } from './java-text.ts';
import { parsePath, valueAt } from './json-path.ts';
import type { JsonMap } from './json-map.ts';

/** What the first name of a `${...}` stands for: `workflow`, a task's reference name, or CPEWF_TASK_ID. */
export type Scope = (rootName: string) => unknown;

// `$${...}` comes first: it is an escape and not an expression with a `$` in front.
const EXPRESSION = /\$\$\{([^}]*)\}|\$\{([^}]*)\}/g;

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
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  if (whole) return lookUp(whole[1] ?? '', scope);
  return text.replaceAll(EXPRESSION, (_all, escaped: string | undefined, path: string | undefined) => {
    if (escaped !== undefined) return `\${${escaped}}`;
    return javaText(lookUp(path ?? '', scope) ?? '');
  });
}

function lookUp(path: string, scope: Scope): unknown {
  const steps = parsePath(path.trim());
  const [root, ...rest] = steps ?? [];
  return root?.kind === 'name' ? valueAt(scope(root.name), rest) : null;
}
