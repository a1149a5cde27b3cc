import type { Document, SchemaSource } from './document.ts';

/** A schema that requires itself would have no end. */
const DEEPEST = 8;

/** The smallest JSON value that fits a schema: required properties only, no entries, the first of several choices. */
export function minimalValue(document: Document, schema: SchemaSource | undefined, depth = 0): unknown {
  const { $ref, type, enum: choices, required, properties, oneOf, allOf } = (schema ?? {}) as KnownKeywords;
  const inside = (inner: SchemaSource | undefined): unknown => minimalValue(document, inner, depth + 1);
  if (depth > DEEPEST) return {};
  if ($ref !== undefined) return inside(document.components.schemas[$ref.replace('#/components/schemas/', '')]);
  if (choices !== undefined) return choices[0];
  if (oneOf !== undefined) return inside(oneOf[0]);
  if (allOf !== undefined) return Object.assign({}, ...allOf.map(inside)) as unknown;
  switch (type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    default:
      return Object.fromEntries((required ?? []).map((name) => [name, inside(properties?.[name])]));
  }
}

interface KnownKeywords {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaSource>>;
  readonly oneOf?: readonly SchemaSource[];
  readonly allOf?: readonly SchemaSource[];
}
