import type { ClientLifetime } from '../client-lifetime.ts';
import type { CallFacts } from '../errors/call-facts.ts';
import type { ServerFamilyProbe } from '../server-family.ts';
import type { Call, CallInit } from './call.ts';
import type { AnyCallOptions, Caller, CallOptions } from './caller.ts';
import { ClientCall } from './client-call.ts';
import type { Operation } from './operation.ts';
import type { ParseJson } from './parse-json.ts';
import type { RequestDefaults } from './prepare-request.ts';
import type { Redact } from './read-answer.ts';

/** What was seen of a call on its way, for those who want more than its data. Filled while the call runs. */
export interface CallTrace {
  /** Made only where an interceptor asked for it. */
  request?: Request | undefined;
  response?: Response | undefined;
  /** Set when the call is over. */
  attempts?: number | undefined;
  elapsedMs?: number | undefined;
}

/** Sends a finished request and gives the last answer, good or bad. */
export type Send = (url: string, init: CallInit, trace: CallTrace) => Promise<Response>;

/** What the runtime needs from the composition root. */
export interface CallerOptions extends RequestDefaults {
  readonly send: Send;
  readonly lifetime: ClientLifetime;
  readonly family: ServerFamilyProbe;
  readonly redact: Redact;
  readonly parseJson?: ParseJson | undefined;
  /** What the connections to the server speak now. */
  readonly protocol?: (() => CallFacts['protocol']) | undefined;
  /** What to throw in place of an error, after interceptors have seen it. */
  readonly onError: (error: unknown, call: CallFacts, trace: CallTrace) => unknown;
  /** Told of each finished call, with the attempts that it took. */
  readonly onDone: (call: Call) => void;
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

/** Lives as long as its client. */
export function createCaller(client: CallerOptions): TracingCaller {
  return {
    execute<Result>(operation: Operation, params: object | undefined, options?: CallOptions, trace: CallTrace = {}) {
      return new ClientCall(client, operation, trace).run(params, options) as Promise<Result>;
    },
  };
}
