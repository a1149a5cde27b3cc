import { InvalidRequestError } from '../errors/invalid-request-error.ts';
import type { Params } from './build-url.ts';
import type { Operation } from './operation.ts';

const KEY_HEADER = 'X-Idempotency-key';
const STRATEGY_HEADER = 'X-on-conflict';
/** The answer of the first sending is what the caller of a repeated one wants. */
const STRATEGY = 'RETURN_EXISTING';

/** The parameters with the key where the operation takes one: in a header, or in a start request's body. */
export function placeIdempotencyKey(operation: Operation, params: Params, key: string): Params {
  if (operation.headerParams.includes(KEY_HEADER)) {
    return { [STRATEGY_HEADER]: STRATEGY, ...params, [KEY_HEADER]: key };
  }
  const { body } = params;
  if (operation.replay === 'keyed' && typeof body === 'object' && body !== null) {
    return { ...params, body: { idempotencyStrategy: STRATEGY, ...body, idempotencyKey: key } };
  }
  // Sent without its key, the call would not be protected as the caller believes.
  throw new InvalidRequestError(operation.name, {
    path: 'idempotencyKey',
    trouble: 'this operation takes no idempotency key',
    advice: 'leave it out: only starts and executions of workflows have one.',
  });
}

/** The key of a call that brings its own, in the parameters rather than in the options. */
export function ownIdempotencyKey(operation: Operation, params: Params): string | undefined {
  if (operation.replay !== 'keyed') return undefined;
  const { body } = params;
  const key =
    params[KEY_HEADER] ??
    (typeof body === 'object' && body !== null && !operation.headerParams.includes(KEY_HEADER)
      ? (body as { idempotencyKey?: unknown }).idempotencyKey
      : undefined);
  return typeof key === 'string' && key !== '' ? key : undefined;
}
