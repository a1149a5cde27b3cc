import type { Flight, Lifetime } from '../client-lifetime.ts';
import { ClientClosedError } from '../errors/client-closed-error.ts';
import type { CallResponse, CallResult, CallSuccess } from './call-result.ts';
import type { AnyCallOptions, CallOptions } from './caller.ts';
import type { CallTrace, TimedTrace, TracingCaller } from './call-trace.ts';
import { checkOptions } from './check-options.ts';
import type { CallHandler, HandledCall, Middleware } from './middleware.ts';
import type { Operation } from './operation.ts';
import { monotonic } from './patience.ts';
import { requestIdOf } from './read-error.ts';
import type { Holder } from './too-slow.ts';

const MIDDLEWARE_GRACE_MS = 100;

/** What a result needs beyond its call. */
export interface ShapeOptions {
  readonly middleware?: Middleware | undefined;
  readonly lifetime: Lifetime;
  /** How long middleware may hold a call. */
  readonly hold: Holder;
  /** Limit of a whole call that names none. @default none */
  readonly totalTimeoutMs?: number | undefined;
  /** The clock of the calls. @default a monotonic one */
  readonly now?: (() => number) | undefined;
  /** What the connections to the server speak now. */
  readonly protocol: () => CallResponse['protocol'];
}

/** Gives each call the form that its options ask for, and sends it through the middleware. Lives as long as its client. */
export function shapeResults(caller: TracingCaller, shape: ShapeOptions): TracingCaller {
  const { middleware, protocol } = shape;
  const carry: CallHandler = async ({ operation, params, options, trace }) => {
    const data: unknown = await caller.execute(operation, params, options, trace);
    if (!hasResponse(trace)) throw new TypeError('A call ended without an answer');
    return { data, error: undefined, response: responseOf(trace, protocol) };
  };
  const handle = middleware ? middleware(carry) : carry;
  if (typeof handle !== 'function') {
    throw new TypeError('middleware gave no function: it is (next) => (call) => next(call).');
  }

  async function execute(
    operation: Operation,
    params: object | undefined,
    options: AnyCallOptions,
    trace: CallTrace = {},
  ): Promise<unknown> {
    const { withResponse: _, throwOnError, ...rest } = options;
    try {
      const call = { operation, params, options: isPlain(options) ? options : rest, trace };
      const done = await (middleware ? unlessOver(handle, call, shape) : handle(call));
      return isPlain(options) ? done.data : done;
    } catch (error) {
      if (throwOnError !== false) throw error;
      const response = hasResponse(trace) ? responseOf(trace, protocol) : undefined;
      return { data: undefined, error: asError(error), response } satisfies CallResult<unknown>;
    }
  }

  return {
    // The plain call, which most are, takes the short way.
    execute: ((operation, params, options, trace) =>
      !middleware && isPlain(options)
        ? caller.execute(operation, params, options, trace)
        : execute(operation, params, options ?? {}, trace)) as TracingCaller['execute'],
  };
}

/** Middleware goes around the call, so its time is that of the whole call, and a little more: what the call itself ended with comes first. */
async function unlessOver(
  handle: CallHandler,
  call: HandledCall,
  { lifetime, hold, totalTimeoutMs: byDefault = 0, now = monotonic }: ShapeOptions,
): Promise<CallSuccess<unknown>> {
  const { operation } = call;
  const trace: TimedTrace = call.trace;
  const { signal, totalTimeoutMs: timeoutMs = byDefault } = checkOptions(operation, call.options);
  const totalMs = timeoutMs || Infinity;
  // What the middleware sends late has no time of its own: it would be carried out for nobody.
  trace.endMs = now() + totalMs;
  const known = {
    operation: operation.name,
    // Asked for when the time is over.
    get attempts() {
      return trace.attempts;
    },
    totalTimeoutMs: timeoutMs,
  };
  let flight: Flight | undefined;
  try {
    flight = lifetime.begin(operation.name, signal);
    const done = await hold(
      handle(call),
      { signal: flight.signal, leftMs: totalMs + MIDDLEWARE_GRACE_MS },
      'The middleware',
      known,
    );
    flight.end();
    return done;
  } catch (error) {
    // Before the wait: the end of the client waits for it.
    flight?.end();
    await lifetime.mayTell(signal);
    throw lifetime.ended(error) ? new ClientClosedError(operation.name, true) : error;
  }
}

/** Any other value is left in, and refused with the other options. */
function isPlain(options: AnyCallOptions | null | undefined): options is CallOptions | null | undefined {
  return options?.withResponse !== true && options?.throwOnError !== false;
}

function responseOf(
  trace: CallTrace & { readonly response: Response },
  protocol: ShapeOptions['protocol'],
): CallResponse {
  const { response, attempts = 0, elapsedMs = 0 } = trace;
  return {
    status: response.status,
    // Read only where somebody looks: headers are what a light response is slow at.
    get headers() {
      return response.headers;
    },
    get requestId() {
      return requestIdOf(response);
    },
    attempts,
    elapsedMs,
    protocol: protocol(),
  };
}

function hasResponse(trace: CallTrace): trace is CallTrace & { readonly response: Response } {
  return trace.response !== undefined;
}

/** An abort may have any value as its reason. */
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The call was aborted', { cause: error });
}
