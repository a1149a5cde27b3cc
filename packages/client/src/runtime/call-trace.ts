import type { AnyCallOptions, Caller } from './caller.ts';
import type { Operation } from './operation.ts';

/** What was seen of a call on its way, for those who want more than its data. Filled while the call runs. */
export interface CallTrace {
  /** Made only where an interceptor asked for it. */
  request?: Request | undefined;
  response?: Response | undefined;
  /** Set when the call is over. */
  attempts?: number | undefined;
  elapsedMs?: number | undefined;
}

/** A `Caller` that can also tell what it saw on the way. */
export interface TracingCaller extends Caller {
  execute<Result>(
    operation: Operation,
    params: object | undefined,
    options?: AnyCallOptions,
    trace?: CallTrace,
  ): Promise<Result>;
}
