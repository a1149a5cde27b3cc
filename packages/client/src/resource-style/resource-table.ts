import type { Groups } from '../generated/groups.gen.ts';
import type { Caller } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import { operationNamed } from '../runtime/operation-table.ts';

/** `workflow.get` and all others. */
type OperationName = { [Group in keyof Groups]: `${Group}.${keyof Groups[Group] & string}` }[keyof Groups];

/**
 * One method of the old style: the operation, then the defaults of its positional arguments, as JSON: `task.search size=100`.
 * They come in the order of the operation: those in its path, the body, those in its query. Where the old order is another
 * one, or ends sooner, all their names follow: `workflow.get workflowId includeTasks=true`.
 */
type OldCall = OperationName | `${OperationName} ${string}`;

/** One that has another new name than its operation, or sends something else. */
export interface OddMethod {
  readonly call: string;
  /** Its new name on the client. @default the operation's */
  readonly now?: string;
  /** What differs from the operation. */
  readonly operation?: Partial<Operation>;
}

/** One entry for each method of a resource. */
export type ResourceTable<Resource> = { readonly [Name in keyof Resource]: OldCall | OddMethod };

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
  const methods = Object.entries<OldCall | OddMethod>(table).map(([name, method]) => {
    const odd: OddMethod = typeof method === 'string' ? { call: method } : method;
    const [operation = '', ...takes] = odd.call.split(' ');
    const label = `${resource}.${name}`;
    let bound: BoundCall | undefined;
    const call = (...values: readonly unknown[]): Promise<unknown> => {
      if (bound === undefined) {
        warnOnce(label, odd.now ?? operation, log);
        bound = bindCall({ ...operationNamed(operation), ...odd.operation } as Operation, takes);
      }
      const params = { ...bound.defaults };
      let index = 0;
      for (const name of bound.names) {
        params[name] = values[index] ?? params[name];
        index += 1;
      }
      return caller.execute(bound.operation, params);
    };
    return [name, call] as const;
  });
  return Object.fromEntries(methods) as Resource;
}

/** What an old method is once it has been called. */
interface BoundCall {
  readonly operation: Operation;
  /** Of its arguments, in their order. */
  readonly names: readonly string[];
  readonly defaults: Readonly<Record<string, unknown>>;
}

function bindCall(operation: Operation, takes: readonly string[]): BoundCall {
  const { pathParams, body, queryParams } = operation;
  const words = takes.map((taken) => taken.split('='));
  const isWhole = words.some(([, text]) => text === undefined);
  const own = [...pathParams, ...(body === undefined ? [] : ['body']), ...queryParams];
  const names = isWhole ? words.map(([name = '']) => name) : own;
  return {
    // The query of the old method, in its order: it may have sent a parameter that the operation has dropped since.
    operation: { ...operation, queryParams: names.filter((name) => name !== 'body' && !pathParams.includes(name)) },
    names,
    defaults: Object.fromEntries(words.flatMap(([name, text]) => (text ? [[name, JSON.parse(text) as unknown]] : []))),
  };
}

function warnOnce(method: string, now: string, log: DeprecationLog): void {
  if (warned.has(method)) return;
  warned.add(method);
  log.warn(`client.${method} is deprecated: use client.${now}`, { method, replacement: now });
}
