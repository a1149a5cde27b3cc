import type { IR } from '@hey-api/openapi-ts';
import type { ApiBody, ApiOperation, ApiParameter, ApiResponse } from './api-model.ts';
import type { OperationSource } from './document.ts';
import { typeText } from './type-text.ts';

/**
 * Reads one operation. Types come from hey-api's representation, where references are resolved; our own marks and
 * the texts that it drops come from the source. The linter has proved that the marks are there.
 */
export function collectOperation(
  operation: IR.OperationObject,
  source: OperationSource,
  mentioned: Set<string>,
): ApiOperation {
  return {
    group: source['x-conductor-group'] ?? '',
    method: source['x-conductor-method'] ?? '',
    summary: operation.summary ?? '',
    description: operation.description?.trim(),
    deprecated: operation.deprecated ?? false,
    httpMethod: operation.method.toUpperCase(),
    path: operation.path,
    parameters: collectParameters(operation, source, mentioned),
    body: collectBody(operation, source, mentioned),
    response: collectResponse(operation, mentioned),
    replay: source['x-conductor-replay'] ?? 'unsafe',
    replayWhen: source['x-conductor-replay-when'] ?? [],
    idempotencyKey: source['x-conductor-idempotency-key'],
    server: source['x-conductor-server'] ?? 'both',
    wait: source['x-conductor-wait'],
    empty: source['x-conductor-empty'],
  };
}

function collectParameters(
  operation: IR.OperationObject,
  source: OperationSource,
  mentioned: Set<string>,
): readonly ApiParameter[] {
  const { path = {}, query = {}, header = {} } = operation.parameters ?? {};
  const inPathOrder = operation.path
    .split(/[{}]/)
    .map((name) => Object.values(path).find((parameter) => parameter.name === name))
    .filter((parameter) => parameter !== undefined);
  return [...inPathOrder, ...Object.values(query), ...Object.values(header)].map((parameter) => {
    const where = parameter.location as ApiParameter['in'];
    const declared = source.parameters?.find((p) => p.name === parameter.name && p.in === where);
    return {
      name: parameter.name,
      in: where,
      type: typeText(parameter.schema, mentioned),
      required: parameter.required ?? false,
      description: parameter.description?.trim(),
      defaultValue: declared?.schema?.['default'],
      isMap: where === 'query' && parameter.schema.type === 'object',
      sameAsPath: declared?.['x-conductor-same-as-path'] ?? false,
    };
  });
}

function collectBody(
  operation: IR.OperationObject,
  source: OperationSource,
  mentioned: Set<string>,
): ApiBody | undefined {
  const { body } = operation;
  if (body === undefined) return undefined;
  const required = body.required ?? false;
  const declared = source.requestBody as { readonly description?: string } | undefined;
  // `default: {}` on the schema says: the server needs a body, and an empty one will do.
  const sentWhenAbsent = required && source.requestBody?.content?.[body.mediaType]?.schema?.['default'] !== undefined;
  const kind = contentKind(body.mediaType);
  const type = kind === 'binary' ? 'Uint8Array | ArrayBuffer | string' : typeText(body.schema, mentioned);
  return {
    kind: kind === 'json' ? jsonShape(type) : kind,
    type,
    required: required && !sentWhenAbsent,
    sentWhenAbsent,
    description: declared?.description?.trim(),
  };
}

/** What the type says of a JSON body. */
function jsonShape(type: string): 'json' | 'list' | 'any' {
  if (type === 'unknown' || type.includes(' | ')) return 'any';
  return type.endsWith('[]') ? 'list' : 'json';
}

function contentKind(mediaType: string): 'json' | 'text' | 'form' | 'binary' {
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType.startsWith('text/')) return 'text';
  return mediaType.includes('json') ? 'json' : 'binary';
}

function collectResponse(operation: IR.OperationObject, mentioned: Set<string>): ApiResponse {
  const success = Object.entries(operation.responses ?? {})
    .filter(([status, response]) => status.startsWith('2') && response?.mediaType !== undefined)
    .map(([, response]) => response)
    .find((response) => response !== undefined);
  if (success?.mediaType === undefined) return { kind: 'void', type: 'void' };
  const kind = contentKind(success.mediaType);
  return {
    kind: kind === 'form' ? 'text' : kind,
    type: kind === 'binary' ? 'Uint8Array' : typeText(success.schema, mentioned),
  };
}
