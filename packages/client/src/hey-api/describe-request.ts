import { defineOperation } from '../runtime/define-operation.ts';
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
  const replay = method === 'POST' || method === 'PATCH' ? 'unsafe' : 'safe';
  const unknown = defineOperation('request', method, options.url, replay, 'both', 'auto');
  const { path, response } = unknown;
  // The names of the parameters may differ, what stands around them may not.
  const known = allOperations().find((one) => one.method === method && one.path.join('{}') === path.join('{}'));
  const query = options.query ?? {};
  const params: Record<string, unknown> = { ...query, body: options.body };
  const pathParams = unknown.pathParams.map((name) => {
    // The same name may stand in path and query with two values.
    const flat = name in params ? `path.${name}` : name;
    params[flat] = options.path?.[name];
    return flat;
  });
  const operation: Operation = {
    ...(known ?? unknown),
    path,
    pathParams,
    queryParams: Object.keys(query),
    headerParams: [],
    body: isPlainText(options.body, contentType) ? 'text' : 'any',
    bodyRequired: false,
    bodySentWhenAbsent: false,
    requiredParams: [],
    response,
  };
  return { operation, params };
}

function isPlainText(body: unknown, contentType: string | undefined): boolean {
  return typeof body === 'string' && contentType !== undefined && !/json/i.test(contentType);
}
