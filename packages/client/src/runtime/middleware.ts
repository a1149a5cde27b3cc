import type { CallOptions } from './caller.ts';
import type { CallSuccess } from './call-result.ts';
import type { CallTrace } from './call-trace.ts';
import type { Operation } from './operation.ts';

/** One call on its way through middleware. To change it, hand a changed copy on. */
export interface HandledCall {
  readonly operation: Operation;
  readonly params: object | undefined;
  readonly options: CallOptions;
  /** What was seen of it so far. */
  readonly trace: CallTrace;
}

/** Carries a call out: resolves with its data and what is known of the answer, rejects as the call would. */
export type CallHandler = (call: HandledCall) => Promise<CallSuccess<unknown>>;

/**
 * Goes around every call, whichever way it was made: once per call, outside of retries. Asked once per client. The signal and the
 * `totalTimeoutMs` of the call, or of the client's `retry`, end it too; without them it may take as long as it wants.
 *
 * @example
 * const timed: Middleware = (next) => async (call) => {
 *   const started = performance.now();
 *   try {
 *     return await next(call);
 *   } finally {
 *     histogram.record(performance.now() - started, { operation: call.operation.name });
 *   }
 * };
 */
export type Middleware = (next: CallHandler) => CallHandler;
