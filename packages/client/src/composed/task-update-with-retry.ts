import { retryTaskUpdate, type RetryTaskUpdateOptions } from '@conductor-ts/retry';
import { taskUpdateOperation } from '../generated/operations.gen.ts';
import type { TaskUpdateParams } from '../generated/params.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';

/** Options of each of its calls, and of the attempts. For a limit of the whole, give `AbortSignal.timeout(ms)` as `signal`. */
export interface UpdateWithRetryOptions
  extends
    Omit<CallOptions, 'retry' | 'totalTimeoutMs'>,
    Pick<RetryTaskUpdateOptions, 'maxAttempts' | 'isRetryable' | 'sleep'> {}

/**
 * Reports the result of a task, in 4 attempts with 10, 20 and 30 s between them, so that work done survives a restart
 * of the server. Rejects with a `TaskUpdateError` that holds the result.
 */
export async function taskUpdateWithRetry(
  client: Caller,
  params: TaskUpdateParams,
  options: UpdateWithRetryOptions = {},
): Promise<string> {
  const { maxAttempts, isRetryable, sleep, ...ofCall } = options;
  return retryTaskUpdate(
    ({ retry, signal }) => client.execute<string>(taskUpdateOperation, params, { ...ofCall, retry, signal }),
    { taskResult: params.body, signal: options.signal, maxAttempts, isRetryable, sleep },
  );
}
