import type { Document, OperationSource, SchemaSource } from '@conductor-ts/codegen';

/** What the server's API document has and ours lacks: operations, parameters, bodies, fields and words, a line each. */
export function documentGaps(server: Document, ours: Document): string[] {
  const known = new Map(operationsOf(ours).map(([key, operation]) => [key, operation]));
  const gaps = new Gaps(server, ours);
  const lines = operationsOf(server).flatMap(([key, operation]) => {
    const mine = known.get(key);
    return mine === undefined ? [`${key}: missing`] : gaps.ofOperation(key, operation, mine);
  });
  return [...new Set(lines)].toSorted();
}

/** Keyed by method and path; what a parameter of the path is called does not matter. */
function operationsOf(document: Document): [string, OperationSource][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, OperationSource] => [
      `${method.toUpperCase()} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`,
      operation,
    ]),
  );
}

class Gaps {
  readonly #server: Document;
  readonly #ours: Document;
  /** Pairs of named schemas that were compared: they refer to each other. */
  readonly #seen = new Set<string>();

  constructor(server: Document, ours: Document) {
    this.#server = server;
    this.#ours = ours;
  }

  ofOperation(key: string, server: OperationSource, mine: OperationSource): string[] {
    const names = new Set(mine.parameters?.map(({ name }) => name));
    const missing = (server.parameters ?? []).filter(
      (parameter) => parameter.in !== 'path' && !names.has(parameter.name),
    );
    return [
      ...missing.map(({ name }) => `${key}: parameter ${name} missing`),
      ...(server.requestBody && !mine.requestBody ? [`${key}: request body missing`] : []),
      ...this.#ofSchemas(`${key} request`, bodyOf(server.requestBody), bodyOf(mine.requestBody)),
      ...this.#ofSchemas(`${key} answer`, answerOf(server), answerOf(mine)),
    ];
  }

  #ofSchemas(where: string, server: SchemaSource | undefined, mine: SchemaSource | undefined): string[] {
    if (server === undefined || mine === undefined) return [];
    const pair = `${server.$ref} ${mine.$ref}`;
    if (server.$ref !== undefined && mine.$ref !== undefined) {
      if (this.#seen.has(pair)) return [];
      this.#seen.add(pair);
    }
    const place = mine.$ref === undefined ? where : nameOf(mine.$ref);
    const [theirs, own] = [resolve(this.#server, server), resolve(this.#ours, mine)];
    return [
      ...this.#ofProperties(place, theirs, own),
      ...this.#ofSchemas(`${place}[]`, inner(theirs, 'items'), inner(own, 'items')),
      ...this.#ofSchemas(`${place}{}`, inner(theirs, 'additionalProperties'), inner(own, 'additionalProperties')),
      ...wordsOf(theirs)
        .filter((word) => wordsOf(own).length > 0 && !wordsOf(own).includes(word))
        .map((word) => `${place}: ${String(word)} missing`),
    ];
  }

  #ofProperties(place: string, server: SchemaSource, mine: SchemaSource): string[] {
    const own = propertiesOf(mine);
    // An object that we leave open has no fields to compare.
    if (own === undefined) return [];
    return Object.entries(propertiesOf(server) ?? {}).flatMap(([name, schema]) => {
      const known = own[name];
      return known === undefined ? [`${place}.${name}: missing`] : this.#ofSchemas(`${place}.${name}`, schema, known);
    });
  }
}

function bodyOf(body: OperationSource['requestBody']): SchemaSource | undefined {
  return body?.content?.['application/json']?.schema;
}

/** The server's document puts its answers under any type. */
function answerOf(operation: OperationSource): SchemaSource | undefined {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
  const content = success?.content;
  return (content?.['application/json'] ?? content?.['*/*'])?.schema;
}

/** Follows references, and takes the one schema out of a choice between it and null. */
function resolve(document: Document, schema: SchemaSource): SchemaSource {
  if (schema.$ref !== undefined) return resolve(document, document.components.schemas[nameOf(schema.$ref)] ?? {});
  const choice = (schema['oneOf'] as SchemaSource[] | undefined)?.filter(({ type }) => type !== 'null') ?? [];
  return choice.length === 1 && choice[0] ? resolve(document, choice[0]) : schema;
}

function inner(schema: SchemaSource, key: 'items' | 'additionalProperties'): SchemaSource | undefined {
  const value = schema[key];
  return typeof value === 'object' && value !== null ? (value as SchemaSource) : undefined;
}

const propertiesOf = (schema: SchemaSource): Record<string, SchemaSource> | undefined =>
  schema['properties'] as Record<string, SchemaSource> | undefined;
const wordsOf = (schema: SchemaSource): readonly unknown[] => (schema['enum'] as unknown[] | undefined) ?? [];
const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);
