import type { CallOptions } from './caller.ts';
import type { CallerOptions } from './caller-options.ts';
import type { CallTrace, TracingCaller } from './call-trace.ts';
import { ClientCall } from './client-call.ts';
import type { Operation } from './operation.ts';

/** Lives as long as its client. */
export function createCaller(client: CallerOptions): TracingCaller {
  return {
    execute<Result>(operation: Operation, params: object | undefined, options?: CallOptions, trace?: CallTrace) {
      return new ClientCall(client, operation, trace).run(params, options) as Promise<Result>;
    },
  };
}
