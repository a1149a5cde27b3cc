import type { Document } from '../document.ts';

const PREFIX = '#/components/schemas/';

/** Every reference leads to a schema, and every schema is referred to. */
export function* lintReferences(document: Document): Iterable<string> {
  const { schemas } = document.components;
  const used = new Set<string>();
  for (const { $ref, where } of eachReference(document, '')) {
    const name = $ref.slice(PREFIX.length);
    if (!$ref.startsWith(PREFIX))
      yield `${where}: refers to ${$ref}. Only ${PREFIX}<Name> is possible: files are merged.`;
    else if (schemas[name] === undefined) yield `${where}: refers to the schema ${name}, which is not there.`;
    used.add(name);
  }
  for (const name of Object.keys(schemas)) {
    if (!used.has(name)) yield `schema ${name}: is not used by anything. Remove it.`;
  }
}

function* eachReference(value: unknown, where: string): Iterable<{ readonly $ref: string; readonly where: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === '$ref' && typeof child === 'string') yield { $ref: child, where };
    else yield* eachReference(child, where === '' ? key : `${where}.${key}`);
  }
}
