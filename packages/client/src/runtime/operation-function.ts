import type { AnyCallOptions, Caller, CallOptions, NoThrow, WithResponse } from './caller.ts';
import type { CallResult, CallSuccess } from './call-result.ts';
import type { Operation } from './operation.ts';

/*
 * How operations are called. The plain form comes last: it is the one that editors show and that `Parameters` and
 * `ReturnType` see. With one argument it is the only one that fits, so errors speak of it alone.
 */

/** A method whose parameters must be given. */
export interface Method<Params, Data> {
  (params: Params, options: NoThrow): Promise<CallResult<Data>>;
  (params: Params, options: WithResponse): Promise<CallSuccess<Data>>;
  (params: Params, options?: CallOptions): Promise<Data>;
}

/** A method whose parameters may all be left out. */
export interface LooseMethod<Params, Data> {
  (params: Params | undefined, options: NoThrow): Promise<CallResult<Data>>;
  (params: Params | undefined, options: WithResponse): Promise<CallSuccess<Data>>;
  (params?: Params, options?: CallOptions): Promise<Data>;
}

/** A method without parameters: the options come first. */
export interface BareMethod<Data> {
  (options: NoThrow): Promise<CallResult<Data>>;
  (options: WithResponse): Promise<CallSuccess<Data>>;
  (options?: CallOptions): Promise<Data>;
}

/** `Method` as a function that takes the client first. */
export interface OperationFunction<Params, Data> {
  (client: Caller, params: Params, options: NoThrow): Promise<CallResult<Data>>;
  (client: Caller, params: Params, options: WithResponse): Promise<CallSuccess<Data>>;
  (client: Caller, params: Params, options?: CallOptions): Promise<Data>;
}

/** `LooseMethod` as a function that takes the client first. */
export interface LooseOperationFunction<Params, Data> {
  (client: Caller, params: Params | undefined, options: NoThrow): Promise<CallResult<Data>>;
  (client: Caller, params: Params | undefined, options: WithResponse): Promise<CallSuccess<Data>>;
  (client: Caller, params?: Params, options?: CallOptions): Promise<Data>;
}

/** `BareMethod` as a function that takes the client first. */
export interface BareOperationFunction<Data> {
  (client: Caller, options: NoThrow): Promise<CallResult<Data>>;
  (client: Caller, options: WithResponse): Promise<CallSuccess<Data>>;
  (client: Caller, options?: CallOptions): Promise<Data>;
}

/** Fits wherever one of the functions above is to be: their types are what callers see. */
export type UntypedFunction = (client: Caller, params?: unknown, options?: unknown) => Promise<never>;

/** The function of an operation. */
export function operationFunction(operation: Operation): UntypedFunction {
  const call = takesParams(operation)
    ? (client: Caller, params?: object, options?: AnyCallOptions) =>
        aClient(client, operation).execute(operation, params, options)
    : (client: Caller, options?: AnyCallOptions) => aClient(client, operation).execute(operation, undefined, options);
  return call as UntypedFunction;
}

/** A slip of callers without a compiler: parameters come second, and `createConductorClient` has to be awaited. */
function aClient(client: Caller, { name }: Operation): Caller {
  if (typeof (client as Caller | undefined)?.execute === 'function') return client;
  const message = `${name}: the first argument is no client. Await createConductorClient, or give createClient's.`;
  // Not an InvalidRequestError: a bundle of one function would double.
  throw Object.assign(new TypeError(message), { code: 'INVALID_REQUEST' });
}

/** Whether there is anything that the caller could give. */
export function takesParams(operation: Operation): boolean {
  const { pathParams, queryParams, queryMaps, headerParams, body } = operation;
  return (
    pathParams.length + queryParams.length + headerParams.length > 0 || queryMaps !== undefined || body !== undefined
  );
}
