import { classifyError } from './classify-error.ts';
import { guardLogger } from './guard-logger.ts';
import { Interruption } from './interruption.ts';
import type { RetryLogger } from './retry-logger.ts';
import { sleep } from './sleep.ts';
import { TaskUpdateError } from './task-update-error.ts';

/** Attempts in all to report the result of a task. The name is the published SDK's. */
export const MAX_RETRIES = 4;

/** 10, 20, 30 s between the four attempts; 40 s next, where more are allowed. */
const BACKOFF_STEP_MS = 10_000;

export interface TaskUpdateAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  /** For the call of this attempt: its own retries stay off, so that the layers do not multiply. */
  readonly retry: false;
  /** Aborts when the caller does. */
  readonly signal: AbortSignal;
}

export interface RetryTaskUpdateOptions<Result = unknown> {
  /** Handed back in the error when all attempts failed. @default undefined */
  readonly taskResult?: Result | undefined;
  /** Stops at once, in an attempt or between two. @default none */
  readonly signal?: AbortSignal | undefined;
  /** @default 4 */
  readonly maxAttempts?: number | undefined;
  /** May replace the rule on whether a failure is worth another attempt; `undefined` keeps it, and so does what it throws, which is logged. @default none */
  readonly isRetryable?: ((error: unknown) => boolean | undefined) | undefined;
  /** @default none */
  readonly logger?: RetryLogger | undefined;
  /** @default a timer */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

/**
 * Reports the result of a task, again and again where that may help: after a failed transport, a timeout, a 429 or a 5xx. The
 * server takes the same result of a finished task twice without harm. Any other refusal is final at once.
 *
 * @example
 * await retryTaskUpdate(({ retry, signal }) => client.task.update({ body: result }, { retry, signal }), { taskResult: result });
 */
export async function retryTaskUpdate<Answer, Result = unknown>(
  update: (attempt: TaskUpdateAttempt) => Promise<Answer>,
  options: RetryTaskUpdateOptions<Result> = {},
): Promise<Answer> {
  const { signal: userSignal, maxAttempts = MAX_RETRIES, isRetryable } = options;
  const logger = options.logger && guardLogger(options.logger);
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1)
    throw new RangeError('maxAttempts must be a whole number, 1 or more');
  const interruption = new Interruption(userSignal);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const signal = interruption.begin().real;
      try {
        return await interruption.wait(Promise.resolve(update({ attempt, retry: false, signal })));
      } catch (error) {
        if (interruption.ended) throw error;
        const status = statusOf(error);
        if (attempt >= maxAttempts || !(overruled(isRetryable, error, logger) ?? isWorthRepeating(status, error))) {
          throw new TaskUpdateError({ attempts: attempt, status, cause: error, taskResult: options.taskResult });
        }
        const delayMs = BACKOFF_STEP_MS * attempt;
        logger?.debug('Task update failed, trying again', { attempt, delayMs, status });
        await interruption.wait((options.sleep ?? sleep)(delayMs, signal));
      }
    }
  } finally {
    interruption.release();
  }
}

/** A rule of the user's that throws decides nothing: the result must not get lost. */
function overruled(
  isRetryable: RetryTaskUpdateOptions['isRetryable'],
  error: unknown,
  logger: RetryLogger | undefined,
): boolean | undefined {
  try {
    return isRetryable?.(error);
  } catch {
    logger?.warn('isRetryable has thrown');
    return undefined;
  }
}

/** Where there was an answer its status decides; its words never do. */
function isWorthRepeating(status: number | undefined, error: unknown): boolean {
  if (status !== undefined) return status === 429 || status >= 500;
  return classifyError(error).kind !== 'permanent';
}

/** Clients keep the status in one of these places. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { status, statusCode, response } = error as { status?: unknown; statusCode?: unknown; response?: unknown };
  if (typeof status === 'number') return status;
  if (typeof statusCode === 'number') return statusCode;
  return response === undefined ? undefined : statusOf(response);
}
