import type { Document, OperationSource, ParameterSource, SchemaSource } from './document.ts';
import { eachOperation, type LocatedOperation } from './lint/each-operation.ts';
import { minimalValue } from './minimal-value.ts';

/** request-rules.gen.ts of the embedded server: what a request of each operation must have, and the least answer to it. */
export function renderRequestRules(document: Document): string {
  const lines = Array.from(eachOperation(document), (one) => `  ${JSON.stringify(requestRule(document, one))},\n`);
  return [
    `import type { RequestRule } from '../responder/request-rule.ts';`,
    '',
    `export const requestRules: readonly RequestRule[] = [\n${lines.join('')}];`,
  ].join('\n');
}

function requestRule(document: Document, { path, httpMethod, operation }: LocatedOperation): object {
  return {
    operation: `${operation['x-conductor-group']}.${operation['x-conductor-method']}`,
    server: operation['x-conductor-server'],
    method: httpMethod.toUpperCase(),
    path,
    ...present('query', required(operation, 'query')),
    ...present('headers', required(operation, 'header')),
    ...bodyRule(document, operation),
    ...answer(document, operation),
  };
}

function required({ parameters = [] }: OperationSource, where: ParameterSource['in']): readonly string[] {
  return parameters.filter((parameter) => parameter.in === where && parameter.required).map(({ name }) => name);
}

const present = (key: string, names: readonly string[]): object => (names.length === 0 ? {} : { [key]: names });

function bodyRule(document: Document, { requestBody }: OperationSource): object {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined) return {};
  const shape = resolve(document, media?.schema)?.type;
  const json = shape === 'object' || shape === 'array' ? shape : 'any';
  const body = type === 'application/json' ? { type, json } : { type };
  return { body: requestBody?.required === true ? { ...body, required: true } : body };
}

function answer(document: Document, { responses = {} }: OperationSource): object {
  const success = Object.entries(responses).find(([status, { content }]) => status.startsWith('2') && content);
  const [type, media] = Object.entries(success?.[1].content ?? {})[0] ?? [];
  if (type === undefined) return {};
  const value = type === 'application/json' ? minimalValue(document, media?.schema) : 'answer';
  return { answer: { type, value } };
}

function resolve({ components }: Document, schema: SchemaSource | undefined): SchemaSource | undefined {
  const name = schema?.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : components.schemas[name];
}
