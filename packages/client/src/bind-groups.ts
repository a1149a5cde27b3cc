import type { Groups } from './generated/groups.gen.ts';
import type { AnyCallOptions, Caller } from './runtime/caller.ts';
import type { Operation } from './runtime/operation.ts';
import { takesParams } from './runtime/operation-function.ts';

type Methods = Record<string, unknown>;

/**
 * `client.workflow.get` and all others, from the list of operations: their names say where each belongs. Written out, as
 * the types are, they would be a third of the bundle.
 */
export function bindGroups(client: Caller, operations: readonly Operation[]): Groups {
  const groups: Record<string, Methods> = {};
  for (const operation of operations) {
    const [group = '', method = ''] = operation.name.split('.');
    (groups[group] ??= {})[method] = bindMethod(client, operation);
  }
  return groups as unknown as Groups;
}

function bindMethod(client: Caller, operation: Operation): unknown {
  return takesParams(operation)
    ? (params?: object, options?: AnyCallOptions) => client.execute(operation, params, options)
    : (options?: AnyCallOptions) => client.execute(operation, undefined, options);
}
