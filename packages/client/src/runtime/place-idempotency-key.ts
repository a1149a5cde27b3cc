import type { Params } from './build-url.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';

const KEY_HEADER = 'X-Idempotency-key';
const STRATEGY_HEADER = 'X-on-conflict';
/** The answer of the first sending is what the caller of a repeated one wants. */
const STRATEGY = 'RETURN_EXISTING';

/** The parameters with the key where the operation takes one. A strategy that the caller names stays. */
export function placeIdempotencyKey(operation: Operation, params: Params, key: string): Params {
  if (operation.idempotencyKey === 'header') {
    return { ...params, [KEY_HEADER]: key, [STRATEGY_HEADER]: params[STRATEGY_HEADER] ?? STRATEGY };
  }
  if (operation.idempotencyKey === 'body') {
    const body = membersOf(params['body']);
    const idempotencyStrategy = body['idempotencyStrategy'] ?? STRATEGY;
    return { ...params, body: { ...body, idempotencyKey: key, idempotencyStrategy } };
  }
  // Sent without its key, the call would not be protected as the caller believes.
  const advice = 'leave it out: only workflow starts have one.';
  throw refusal(operation, 'idempotencyKey', 'this operation takes no idempotency key', advice);
}

/** The key of a call that brings its own, in the parameters rather than in the options. */
export function ownIdempotencyKey(operation: Operation, params: Params): string | undefined {
  if (operation.idempotencyKey === undefined) return undefined;
  const key = operation.idempotencyKey === 'header' ? params[KEY_HEADER] : membersOf(params['body'])['idempotencyKey'];
  return typeof key === 'string' && key !== '' ? key : undefined;
}

function membersOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
