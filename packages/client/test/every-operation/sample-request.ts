import type { SchemaSource } from '@conductor-ts/codegen';
import { type DescribedOperation, type DescribedParameter, schemaOf } from './described-operations.ts';

/** Every character that means something in a URL, one that Latin-1 lacks, one outside the basic plane, and a way up. */
export const NASTY = '../a b%2F/?#;=&+@:,"<>[]{}|\\^`é漢😀..';

/** Parameters for a call, and what must arrive of them. */
export interface SampleRequest {
  readonly params: Record<string, unknown>;
  readonly path: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request with every parameter and the whole body, or with only those that are required. */
export function sampleRequest(operation: DescribedOperation, extent: 'all' | 'required'): SampleRequest {
  const { parameters, body } = operation;
  const given = parameters.filter((one) => !one.sameAsPath && (extent === 'all' || one.required));
  const params = Object.fromEntries(given.map((parameter) => [parameter.name, sampleParameter(parameter)]));
  const sent = extent === 'all' || body?.required === true ? body : undefined;
  if (sent !== undefined) params['body'] = sampleBody(sent.type, sent.schema);
  return {
    params,
    path: operation.path
      .split('/')
      .map((part) => part.replace(/^\{(.*)\}$/, (_, name: string) => String(params[name]))),
    query: parameters.flatMap(({ in: where, name }) => (where === 'query' ? pairs(name, params[name]) : [])),
    headers: Object.fromEntries(
      given
        .filter((parameter) => parameter.in === 'header')
        .map(({ name }) => [name.toLowerCase(), String(params[name])]),
    ),
    body: params['body'],
  };
}

function pairs(name: string, value: unknown): (readonly [string, string])[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((item) => [name, String(item)] as const);
  // A map of parameters: each member is one.
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap((pair) => pairs(...pair));
  return [[name, `${value as string | number | boolean}`]];
}

function sampleParameter({ in: where, schema }: DescribedParameter): unknown {
  const { type, format, enum: choices, items } = schemaOf(schema) as ParameterSchema;
  if (choices !== undefined) return choices.at(-1);
  switch (type) {
    case 'integer':
      // The largest that JavaScript counts to.
      return format === 'int64' ? Number.MAX_SAFE_INTEGER : 2_147_483_647;
    case 'number':
      return 0.5;
    case 'boolean':
      return false;
    case 'array':
      return ['first', 'second'].map((text) => (schemaOf(items ?? {}).type === 'string' ? sampleText(text) : text));
    case 'object':
      return { 'one & only': NASTY, other: '' };
    default:
      return where === 'header' ? "a header's text; é" : NASTY;
  }
  function sampleText(text: string): unknown {
    const { enum: members } = schemaOf(items ?? {}) as ParameterSchema;
    return members?.[0] ?? `${text} ${NASTY}`;
  }
}

function sampleBody(type: string, schema: SchemaSource): unknown {
  if (type === 'application/octet-stream') return Uint8Array.of(0, 1, 254, 255);
  return type === 'application/json' ? sampleJson(schema, 3) : `text "in quotes"\n${NASTY}`;
}

/** A value with every property of the schema, down to a depth. */
function sampleJson(schema: SchemaSource, depth: number): unknown {
  const resolved = schemaOf(schema) as JsonSchema;
  const { type, enum: choices, items, properties, additionalProperties: more, oneOf, allOf } = resolved;
  if (choices !== undefined) return choices.at(-1);
  if (oneOf?.[0] !== undefined) return sampleJson(oneOf[0], depth);
  if (allOf !== undefined) return Object.assign({}, ...allOf.map((one) => sampleJson(one, depth))) as unknown;
  switch (type) {
    case 'string':
      return NASTY;
    case 'integer':
      return Number.MAX_SAFE_INTEGER;
    case 'number':
      return 0.5;
    case 'boolean':
      return true;
    case 'array':
      return depth === 0 ? [] : [sampleJson(items ?? {}, depth - 1)];
    default: {
      const known = Object.entries(depth === 0 ? {} : (properties ?? {}));
      const object = Object.fromEntries(known.map(([name, property]) => [name, sampleJson(property, depth - 1)]));
      return more === undefined || more === false ? object : { ...object, [NASTY]: { deep: [null, 1, 'é'] } };
    }
  }
}

interface ParameterSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: SchemaSource;
}

interface JsonSchema extends Omit<ParameterSchema, 'enum'> {
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaSource>>;
  readonly additionalProperties?: boolean | SchemaSource;
  readonly oneOf?: readonly SchemaSource[];
  readonly allOf?: readonly SchemaSource[];
}
