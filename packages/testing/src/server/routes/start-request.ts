import type { RouteRequest, ServerMode } from '../route.ts';

/** A start by name: the body is the input, the rest comes in the URL and, on Orkes, in headers. */
export function startByName(request: RouteRequest, mode: ServerMode, version?: number): Record<string, unknown> {
  const { query, headers } = request;
  return {
    name: request.segment('name'),
    version: version ?? query.integer('version'),
    correlationId: query.text('correlationId'),
    priority: query.integer('priority'),
    input: request.body,
    // The OSS server has no such headers: there they are ignored.
    ...(mode === 'orkes' && {
      idempotencyKey: headers['x-idempotency-key'],
      idempotencyStrategy: headers['x-on-conflict'],
    }),
  };
}
