import { AuthError } from '@conductor-ts/auth';
import { retryTaskUpdate, type RetryTaskUpdateOptions } from '@conductor-ts/retry';
import { ClientClosedError } from '../errors/client-closed-error.ts';
import { InvalidRequestError } from '../errors/invalid-request-error.ts';
import { taskUpdateOperation } from '../generated/operations.gen.ts';
import type { TaskUpdateParams } from '../generated/params.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import { replayMark } from '../runtime/replay-mark.ts';
import { mustGiveData } from './must-give-data.ts';
import { REAL_TIME } from './real-time.ts';

/** Options of each of its calls, and of the attempts. For a limit of the whole, give `AbortSignal.timeout(ms)` as `signal`. */
export interface UpdateWithRetryOptions
  extends
    Omit<CallOptions, 'retry' | 'totalTimeoutMs'>,
    Pick<RetryTaskUpdateOptions, 'maxAttempts' | 'isRetryable' | 'sleep'> {}

/**
 * Reports the result of a task, in 4 attempts with 10, 20 and 30 s between them, so that work done survives a restart
 * of the server. Rejects with a `TaskUpdateError` that holds the result.
 *
 * `IN_PROGRESS` without `extendLease` hands the task back: another worker may have it already when the answer is
 * lost, and a second one would take it away. So it is sent again only when it is certain that nothing was done.
 */
export const taskUpdateWithRetry: UpdateWithRetry = /* @__PURE__ */ updateWithRetry(taskUpdateOperation);

type UpdateWithRetry = (client: Caller, params: TaskUpdateParams, options?: UpdateWithRetryOptions) => Promise<string>;

/** The same, for whoever has the operation already. */
export function updateWithRetry(update: Operation): UpdateWithRetry {
  return async (client, params, options = {}) => {
    mustGiveData('task.updateWithRetry', options);
    const untilClosed: typeof options.sleep = (ms, signal) => REAL_TIME.sleep(ms, signal, client.closing);
    const { maxAttempts, isRetryable: ownRule, sleep = untilClosed, ...ofCall } = options;
    const isHandedBack = replayMark(update, { ...params }) === 'unsafe';
    const isRetryable = (error: unknown): boolean | undefined =>
      ownRule?.(error) ?? (isOwnRefusal(error) || (isHandedBack && !isUndone(error)) ? false : undefined);
    return retryTaskUpdate(
      ({ retry, signal }) => client.execute<string>(update, params, { ...ofCall, retry, signal }),
      { taskResult: params?.body, signal: options.signal, maxAttempts, isRetryable, sleep },
    );
  };
}

/** What was not sent for what it is, or since the client is closed, will be no better in ten seconds. */
function isOwnRefusal(error: unknown): boolean {
  return error instanceof InvalidRequestError || error instanceof ClientClosedError;
}

/** Proven: whatever else came, also an error of an interceptor or of middleware, leaves open what the server did. */
function isUndone(error: unknown): boolean {
  const { mayHaveBeenProcessed, requestSent, status } = Object(error) as Readonly<Record<string, unknown>>;
  return mayHaveBeenProcessed === false || requestSent === false || status === 429 || error instanceof AuthError;
}
