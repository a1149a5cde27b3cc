// Wrap a fetch
export { retryFetch, wrapFetchWithRetry } from './wrap-fetch-with-retry.ts';
export type { CallContext, RetryEvent, RetryFetchOptions } from './retry-fetch-options.ts';
export { RETRY_DEFAULTS } from './retry-fetch-options.ts';
export type { Jitter } from './backoff.ts';
export type { RetryBudgetOptions } from './retry-budget.ts';
export type { RetryLogger } from './retry-logger.ts';
export type { TokenSource } from './token-source.ts';

// Describe a call
export type { AttemptFailure, Call, Fetch, ReplayMark, RequestInitWithCall } from './call.ts';

// Report the result of a task
export { MAX_RETRIES, retryTaskUpdate } from './retry-task-update.ts';
export type { RetryTaskUpdateOptions, TaskUpdateAttempt } from './retry-task-update.ts';

// Change a decision
export type { AnswerOutcome, FailureOutcome, Outcome } from './outcome.ts';
export { parseRetryAfter } from './retry-after.ts';

// Tell failures apart
export { AmbiguousRequestError } from './ambiguous-request-error.ts';
export { BodyNotReplayableError } from './body-not-replayable-error.ts';
export { TaskUpdateError } from './task-update-error.ts';
export { TimeoutError } from './timeout-error.ts';
