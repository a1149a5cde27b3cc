import type { AnyCallOptions, Caller } from './runtime/caller.ts';
import type { Operation } from './runtime/operation.ts';
import { takesParams } from './runtime/operation-function.ts';
import { operationsOf } from './runtime/operation-table.ts';

/** The methods of one group: `get` of `client.workflow`, and all others. */
export function bindGroup(client: Caller, group: string): Record<string, unknown> {
  const methods = operationsOf(group).map((operation) => [methodName(operation), bindMethod(client, operation)]);
  return Object.fromEntries(methods) as Record<string, unknown>;
}

function methodName({ name }: Operation): string {
  return name.slice(name.indexOf('.') + 1);
}

function bindMethod(client: Caller, operation: Operation): unknown {
  return takesParams(operation)
    ? (params?: object, options?: AnyCallOptions) => client.execute(operation, params, options)
    : (options?: AnyCallOptions) => client.execute(operation, undefined, options);
}
