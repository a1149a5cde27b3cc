import { defineOperation } from '../runtime/define-operation.ts';
import type { HttpMethod, Operation } from '../runtime/operation.ts';
import { allOperations } from '../runtime/operation-table.ts';
import { replayMark } from '../runtime/replay-mark.ts';
import type { RequestOptions } from './request-options.ts';

/** A request as an operation with its flat parameters, so that it takes the same road as every other call. */
export interface DescribedRequest {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, unknown>>;
}

/** RFC 9110, 9.2.2. */
const REPEATABLE: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

/**
 * Marks of a known operation are kept, since what may be sent twice is not a matter of the method: GET poll hands
 * out a task. An unknown path goes by its method (RFC 9110, 9.2.2).
 */
export function describeRequest(
  method: HttpMethod,
  options: RequestOptions,
  baseUrl: string,
  contentType: string | undefined,
): DescribedRequest {
  const replay = REPEATABLE.includes(method) ? 'safe' : 'unsafe';
  const unknown = defineOperation('request', method, options.url, replay, 'both', 'auto');
  const { path, response } = unknown;
  // No literal piece of a path has these characters, which would end the segment here.
  const filled = options.url.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(options.path?.[name]).replaceAll(/[/?#;%]/g, '_'),
  );
  const url = URL.parse(baseUrl + filled);
  const known = url === null ? undefined : operationAt(method, url.pathname);
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
    method,
    // By what stands in the URL as well.
    ...(known && {
      replay: replayMark(known, { ...Object.fromEntries(url?.searchParams ?? []), ...params }),
      replayWhen: [],
    }),
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

/** In the order in which they are tried; made with the first request, for the life of the process. */
let candidates: readonly { readonly one: Operation; readonly pieces: readonly string[] }[] | undefined;

/**
 * The operation that a server takes for the one that is meant, as Spring does: the literal before the parameter, HEAD as GET.
 * Looked for at the end of the path, since a base URL may hold a part of it; what fits more of the path wins.
 */
function operationAt(method: HttpMethod, pathname: string): Operation | undefined {
  candidates ??= allOperations()
    .map((one) => ({ one, pieces: segments(one.path.join('{}')) }))
    .sort((a, b) => b.pieces.length - a.pieces.length || a.one.pathParams.length - b.one.pathParams.length);
  const asked = segments(pathname);
  return candidates.find(
    ({ one, pieces }) =>
      one.method === (method === 'HEAD' ? 'GET' : method) &&
      pieces.every((piece, index) => piece === '{}' || piece === asked.at(index - pieces.length)),
  )?.one;
}

function segments(path: string): readonly string[] {
  return path.split('/').filter(Boolean);
}

function isPlainText(body: unknown, contentType: string | undefined): boolean {
  return typeof body === 'string' && contentType !== undefined && !/json/i.test(contentType);
}
