import { validationFailed } from '../../engine/server-error.ts';
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

/** In the query it is checked in other words than in a request body. */
export function checkPriority(priority = 0): void {
  if (priority >= 0 && priority <= 99) return;
  const message = priority < 0 ? '0 is the minimum priority value' : '99 is the maximum priority value';
  throw validationFailed([{ path: 'startWorkflow.arg3', message, invalidValue: String(priority) }]);
}
