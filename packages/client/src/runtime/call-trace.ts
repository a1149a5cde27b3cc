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

/** With what concerns nobody but the runtime. */
export interface TimedTrace extends CallTrace {
  /** When the time of the whole call is over, on the clock of its client. Set where middleware goes around it. */
  endMs?: number | undefined;
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
