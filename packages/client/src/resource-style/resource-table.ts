import type { Caller } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';

/** One method of the old style, as data. */
export interface OldMethod {
  readonly operation: Operation;
  /** What its positional arguments are called on the wire, in order; `body` is the body. With a default where it has one. */
  readonly takes: readonly (string | readonly [name: string, byDefault: unknown])[];
  /** Its new name on the client. */
  readonly now: string;
}

/** One entry for each method of a resource. */
export type ResourceTable<Resource> = { readonly [Name in keyof Resource]: OldMethod };

/** Where deprecations are announced. */
export interface DeprecationLog {
  warn(message: string, fields?: object): void;
}

/** Methods that have been warned of, for the life of the process: a poll loop must not fill the log. */
const warned = new Set<string>();

/** The methods of one table, bound to a client. */
export function bindResource<Resource>(
  resource: string,
  table: ResourceTable<Resource>,
  caller: Caller,
  log: DeprecationLog,
): Resource {
  const methods = Object.entries<OldMethod>(table).map(([name, { operation, takes, now }]) => {
    const names = takes.map((taken) => (typeof taken === 'string' ? taken : taken[0]));
    const onWire = withOldQuery(operation, names);
    const call = (...values: readonly unknown[]): Promise<unknown> => {
      warnOnce(`${resource}.${name}`, now, log);
      const params = names.map((param, index) => [param, values[index] ?? byDefault(takes[index])] as const);
      return caller.execute(onWire, Object.fromEntries(params));
    };
    return [name, call] as const;
  });
  return Object.fromEntries(methods) as Resource;
}

/** The query of the old method, in its order: it may have sent a parameter that the operation has dropped since. */
function withOldQuery(operation: Operation, names: readonly string[]): Operation {
  const queryParams = names.filter((name) => name !== 'body' && !operation.pathParams.includes(name));
  return { ...operation, queryParams };
}

function byDefault(taken: OldMethod['takes'][number] | undefined): unknown {
  return typeof taken === 'object' ? taken[1] : undefined;
}

function warnOnce(method: string, now: string, log: DeprecationLog): void {
  if (warned.has(method)) return;
  warned.add(method);
  log.warn(`client.${method} is deprecated: use client.${now}`, { method, replacement: now });
}
