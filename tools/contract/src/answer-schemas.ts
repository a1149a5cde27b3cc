import type { Document, SchemaSource } from '@conductor-ts/codegen';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface AnswerSchema {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly statuses: ReadonlyMap<string, SchemaSource | undefined>;
  /** Statuses whose answer is plain text. */
  readonly texts: ReadonlySet<string>;
}

/**
 * Holds answers against our OpenAPI source: a field that it does not know and a value of another type are both faults,
 * of the source or of the embedded server.
 */
export class AnswerSchemas {
  readonly #ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, allowUnionTypes: true });
  readonly #schemas: readonly AnswerSchema[];
  /** Compiled when they are first needed: few of them are in one test file. */
  readonly #compiled = new Map<SchemaSource, ValidateFunction>();

  constructor(document: Document) {
    const { schemas } = document.components;
    const closed = Object.entries(schemas).map(([name, schema]) => [name, close(flat(schema, schemas))]);
    this.#ajv.addSchema({ $id: 'api', components: { schemas: Object.fromEntries(closed) as object } });
    this.#schemas = Object.entries(document.paths)
      // A literal path before one with a parameter in the same place.
      .toSorted(([a], [b]) => weight(a) - weight(b) || a.length - b.length)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          operation: `${operation['x-conductor-group']}.${operation['x-conductor-method']}`,
          method: method.toUpperCase(),
          path: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
          statuses: new Map(
            Object.entries(operation.responses ?? {}).map(([status, { content }]) => [
              status,
              content?.['application/json']?.schema,
            ]),
          ),
          texts: new Set(
            Object.entries(operation.responses ?? {})
              .filter(([, { content }]) => content?.['text/plain'] !== undefined)
              .map(([status]) => status),
          ),
        })),
      );
  }

  /** Which operation a request belongs to: `workflow.start`. */
  operationOf(method: string, path: string): string | undefined {
    return this.#find(method, path)?.operation;
  }

  /** What is wrong with a successful answer that calls itself JSON, a line each. */
  faults(method: string, path: string, status: number, text: string): string[] {
    const found = this.#find(method, path);
    if (found === undefined) return [`${method} ${path}: no operation of the source fits`];
    // An id that calls itself JSON.
    if (found.texts.has(String(status))) return [];
    const schema = found.statuses.get(String(status));
    if (schema === undefined) return [`${found.operation}: the source knows no JSON answer with status ${status}`];
    const body = parsed(text);
    if (body === undefined) return [`${found.operation}: the answer is no JSON`];
    const validate = this.#validator(schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${found.operation}: ${instancePath.replaceAll(/\/\d+/g, '/*')} ${message} ${JSON.stringify(params)}`,
    );
  }

  #validator(schema: SchemaSource): ValidateFunction {
    const known = this.#compiled.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(close(schema)).replaceAll('"#/components', '"api#/components');
    const validate = this.#ajv.compile(JSON.parse(text) as object);
    this.#compiled.set(schema, validate);
    return validate;
  }

  #find(method: string, path: string): AnswerSchema | undefined {
    return this.#schemas.find((schema) => schema.method === method && schema.path.test(path));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Paths with fewer parameters are the more particular ones. */
function weight(path: string): number {
  return path.split('{').length;
}

/** An `allOf` as the one object that it comes to: none of its parts may be closed against the others. */
function flat(schema: SchemaSource, schemas: Readonly<Record<string, SchemaSource>>): SchemaSource {
  const { allOf, $ref } = schema as { allOf?: readonly SchemaSource[]; $ref?: string };
  const named = $ref === undefined ? undefined : schemas[$ref.replace('#/components/schemas/', '')];
  if (named !== undefined) return flat(named, schemas);
  if (allOf === undefined) return schema;
  const parts = allOf.map((part) => flat(part, schemas));
  return {
    type: 'object',
    required: parts.flatMap((part) => (part['required'] as string[] | undefined) ?? []),
    properties: Object.assign({}, ...parts.map((part) => part['properties'])) as Record<string, SchemaSource>,
  };
}

/** The same schema with every object closed: a property that it does not name is a fault. */
function close(schema: SchemaSource): SchemaSource {
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema)
      // Of an open list of words the source names those that have a meaning to the server.
      .filter(([key]) => !(key === 'enum' && schema['x-conductor-open'] === true))
      .map(([key, value]) => [key, closeInside(key, value)]),
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
