import type { HttpMethod, Operation } from '../runtime/operation.ts';
import { allOperations } from '../runtime/operation-table.ts';
import type { RequestOptions } from './request-options.ts';

/** A request as an operation with its flat parameters, so that it takes the same road as every other call. */
export interface DescribedRequest {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Marks of a known operation are kept, since what may be sent twice is not a matter of the method: GET poll hands
 * out a task. An unknown path goes by its method (RFC 9110, 9.2.2).
 */
export function describeRequest(
  method: HttpMethod,
  options: RequestOptions,
  contentType: string | undefined,
): DescribedRequest {
  const { path, names } = splitTemplate(options.url);
  const query = options.query ?? {};
  const params: Record<string, unknown> = { ...query, body: options.body };
  const pathParams = names.map((name) => {
    // The same name may stand in path and query with two values.
    const flat = name in params ? `path.${name}` : name;
    params[flat] = options.path?.[name];
    return flat;
  });
  const operation: Operation = {
    ...(allOperations().find((one) => one.method === method && isSamePath(one.path, path)) ?? unknownOperation(method)),
    path,
    pathParams,
    queryParams: Object.keys(query),
    headerParams: [],
    body: isPlainText(options.body, contentType) ? 'text' : 'any',
    bodyRequired: false,
    bodySentWhenAbsent: false,
    requiredParams: [],
    response: 'auto',
  };
  return { operation, params };
}

function unknownOperation(method: HttpMethod): Operation {
  const repeatable = method !== 'POST' && method !== 'PATCH';
  return {
    name: 'request',
    method,
    path: [],
    pathParams: [],
    queryParams: [],
    headerParams: [],
    replay: repeatable ? 'safe' : 'unsafe',
    server: 'both',
    response: 'auto',
  };
}

function splitTemplate(url: string): { path: string[]; names: string[] } {
  const parts = url.split(/\{([^{}]+)\}/);
  return {
    path: parts.filter((_, index) => index % 2 === 0),
    names: parts.filter((_, index) => index % 2 === 1),
  };
}

/** The names of the parameters may differ, what stands around them may not. */
function isSamePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((piece, index) => piece === other[index]);
}

function isPlainText(body: unknown, contentType: string | undefined): boolean {
  return typeof body === 'string' && contentType !== undefined && !/json/i.test(contentType);
}
