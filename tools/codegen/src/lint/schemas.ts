import type { Document, SchemaSource } from '../document.ts';

/** Schemas: described, with no required field that is not there, and with the unit of every time. */
export function* lintSchemas(document: Document): Iterable<string> {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const where = `schema ${name}`;
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) yield `${where}: is not a name in PascalCase.`;
    if (schema['description'] === undefined) yield `${where}: has no description.`;
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, SchemaSource>>;
    for (const required of (schema['required'] ?? []) as readonly string[]) {
      if (properties[required] === undefined) yield `${where}: requires ${required}, which it does not have.`;
    }
    for (const [property, { type, description }] of Object.entries(properties)) {
      if (type === 'integer' && IS_A_TIME.test(property) && !NAMES_A_UNIT.test(String(description))) {
        yield `${where}: ${property} is a time. Name its unit in the description: \`in ms\` or \`in seconds\`.`;
      }
    }
  }
}

// Conductor mixes the two within one object (`callbackAfterSeconds`, `queueWaitTime`), so readers must be told.
const IS_A_TIME = /(?:Seconds?|Ms|Millis|Time|Latency|Delay|Duration)$/;
const NAMES_A_UNIT = /\bin (?:ms|seconds)\b/;
