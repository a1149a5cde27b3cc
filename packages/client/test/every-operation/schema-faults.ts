import type { SchemaSource } from '@conductor-ts/codegen';
import { schemaOf } from './described-operations.ts';

/** Where a value does not fit its schema: types and required properties. */
export function schemaFaults(schema: SchemaSource, value: unknown, at = 'answer'): string[] {
  const { type, required, properties, items, enum: choices, oneOf, allOf } = schemaOf(schema) as AnswerSchema;
  if (allOf !== undefined) return allOf.flatMap((one) => schemaFaults(one, value, at));
  if (oneOf !== undefined) {
    return oneOf.some((one) => schemaFaults(one, value, at).length === 0) ? [] : [`${at} fits none of its schemas`];
  }
  const actual = typeOf(value);
  if (type !== undefined && actual !== type && !(type === 'number' && actual === 'integer')) {
    return [`${at} is of type ${actual}, not ${type}`];
  }
  if (choices !== undefined && !choices.includes(value)) return [`${at} is none of ${choices.join(', ')}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => schemaFaults(items ?? {}, item, `${at}[${index}]`));
  if (actual !== 'object') return [];
  const members = value as Readonly<Record<string, unknown>>;
  return [
    ...(required ?? []).filter((name) => !(name in members)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(members).flatMap(([name, member]) =>
      properties?.[name] === undefined ? [] : schemaFaults(properties[name], member, `${at}.${name}`),
    ),
  ];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

interface AnswerSchema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaSource>>;
  readonly items?: SchemaSource;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly SchemaSource[];
  readonly allOf?: readonly SchemaSource[];
}
