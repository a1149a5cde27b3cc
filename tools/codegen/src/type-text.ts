import type { IR } from '@hey-api/openapi-ts';
import { propertyKey, quoted } from './names.ts';

/** Names of the schemas that a type mentions are added to `mentioned`, for the imports of the file. */
export function typeText(schema: IR.SchemaObject, mentioned: Set<string>): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    mentioned.add(name);
    return name;
  }
  switch (schema.type) {
    case 'array':
      return `${inArray(itemText(schema, mentioned))}[]`;
    case 'enum':
      return openEnumText(schema);
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
    case 'string':
    case 'null':
      return schema.type;
    case 'object':
      return objectText(schema, mentioned);
    default:
      return schema.items === undefined ? 'unknown' : itemText(schema, mentioned);
  }
}

/** Members known today, and any string: a newer server may answer with one that this version has not heard of. */
function openEnumText(schema: IR.SchemaObject): string {
  const members = (schema.items ?? []).map((item) => quoted(String(item.const)));
  return [...members, '(string & {})'].join(' | ');
}

function itemText(schema: IR.SchemaObject, mentioned: Set<string>): string {
  const items = schema.items ?? [];
  if (items.length === 0) return 'unknown';
  const operator = schema.logicalOperator === 'and' ? ' & ' : ' | ';
  return [...new Set(items.map((item) => typeText(item, mentioned)))].join(operator);
}

function inArray(item: string): string {
  return /[|&]/.test(item) ? `(${item})` : item;
}

function objectText(schema: IR.SchemaObject, mentioned: Set<string>): string {
  const members = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    schema.required?.includes(name)
      ? `${propertyKey(name)}: ${typeText(property, mentioned)}`
      : `${propertyKey(name)}?: ${typeText(property, mentioned)} | undefined`,
  );
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false && members.length === 0) {
    members.push(`[key: string]: ${typeText(schema.additionalProperties, mentioned)}`);
  }
  return members.length === 0 ? '{ [key: string]: unknown }' : `{ ${members.join('; ')} }`;
}
