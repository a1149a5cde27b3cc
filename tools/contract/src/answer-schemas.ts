import { resolve } from 'node:path';
import { loadDocument, readSource, type SchemaSource } from '@conductor-ts/codegen';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const SOURCE = resolve(import.meta.dirname, '../../../packages/client/openapi');

interface AnswerSchema {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly statuses: ReadonlyMap<string, ValidateFunction | undefined>;
}

/**
 * Holds answers against our OpenAPI source: a field that it does not know and a value of another type are both faults,
 * of the source or of the embedded server.
 */
export class AnswerSchemas {
  readonly #schemas: readonly AnswerSchema[];

  constructor() {
    const document = loadDocument(readSource(SOURCE));
    const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, allowUnionTypes: true });
    const closed = Object.entries(document.components.schemas).map(([name, schema]) => [name, close(schema)]);
    ajv.addSchema({ $id: 'api', components: { schemas: Object.fromEntries(closed) as object } });
    const compile = (schema: SchemaSource): ValidateFunction =>
      ajv.compile(JSON.parse(JSON.stringify(close(schema)).replaceAll('"#/components', '"api#/components')) as object);

    this.#schemas = Object.entries(document.paths)
      // A literal path before one with a parameter in the same place.
      .toSorted(([a], [b]) => weight(a) - weight(b) || a.length - b.length)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          operation: `${operation['x-conductor-group']}.${operation['x-conductor-method']}`,
          method: method.toUpperCase(),
          path: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
          statuses: new Map(
            Object.entries(operation.responses ?? {}).map(([status, { content }]) => {
              const schema = content?.['application/json']?.schema;
              return [status, schema === undefined ? undefined : compile(schema)];
            }),
          ),
        })),
      );
  }

  /** What is wrong with a successful JSON answer, a line each; `covered` learns which operation it belongs to. */
  faults(method: string, path: string, status: number, body: unknown, covered: Set<string>): string[] {
    const found = this.#schemas.find((schema) => schema.method === method && schema.path.test(path));
    if (found === undefined) return [`${method} ${path}: no operation of the source fits`];
    covered.add(found.operation);
    const validate = found.statuses.get(String(status));
    if (validate === undefined) return [`${found.operation}: the source knows no JSON answer with status ${status}`];
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${found.operation}: ${instancePath.replaceAll(/\/\d+/g, '/*')} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** Paths with fewer parameters are the more particular ones. */
function weight(path: string): number {
  return path.split('{').length;
}

/** The same schema with every object closed: a property that it does not name is a fault. */
function close(schema: SchemaSource): SchemaSource {
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closeInside(key, value)]),
  );
  if (copy['properties'] !== undefined && copy['additionalProperties'] === undefined) {
    copy['additionalProperties'] = false;
  }
  return copy;
}

function closeInside(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'properties') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, close(inner as SchemaSource)]));
  }
  if (key === 'items' || key === 'additionalProperties') return close(value as SchemaSource);
  if (key === 'oneOf' || key === 'anyOf' || key === 'allOf') return (value as SchemaSource[]).map(close);
  return value;
}
