import type { ClientLifetime } from '../client-lifetime.ts';
import { annotate } from '../errors/annotate.ts';
import { brandOf } from '../errors/brand.ts';
import type { CallFacts } from '../errors/call-facts.ts';
import { ClientClosedError } from '../errors/client-closed-error.ts';
import type { ServerFamilyProbe } from '../server-family.ts';
import { attemptTimeoutMs } from './attempt-timeout.ts';
import { buildHeaders } from './build-headers.ts';
import { buildUrl, type Params } from './build-url.ts';
import type { Call, CallInit } from './call.ts';
import type { Caller, CallOptions } from './caller.ts';
import { checkOptions, checkParams } from './check-params.ts';
import { encodeBody } from './encode-body.ts';
import type { Operation } from './operation.ts';
import { ownIdempotencyKey, placeIdempotencyKey } from './place-idempotency-key.ts';
import { replayMark } from './replay-mark.ts';
import { readAnswer, type Redact } from './read-answer.ts';
import { readError } from './read-error.ts';

/** What was seen of a call on its way, for those who want more than its data. Filled while the call runs. */
export interface CallTrace {
  /** Made only where an interceptor asked for it. */
  request?: Request | undefined;
  response?: Response | undefined;
}

/** Sends a finished request and gives the last answer, good or bad. */
export type Send = (url: string, init: CallInit, trace: CallTrace) => Promise<Response>;

/** What the runtime needs from the composition root. */
export interface CallerOptions {
  readonly send: Send;
  /** Read for each call: `setConfig` may change it. */
  readonly baseUrl: () => string;
  /** Headers for every call, lower than those of the call. */
  readonly headers: () => Readonly<Record<string, string>> | undefined;
  readonly requestTimeoutMs: number;
  readonly lifetime: ClientLifetime;
  readonly family: ServerFamilyProbe;
  readonly redact: Redact;
  /** What to throw in place of an error, after interceptors have seen it. */
  readonly onError: (error: unknown, call: CallFacts, trace: CallTrace) => unknown;
  /** Told of each finished call, with the attempts that it took. */
  readonly onDone: (call: Call) => void;
}

/** A `Caller` that can also tell what it saw on the way. */
export interface TracingCaller extends Caller {
  execute<T>(operation: Operation, params: object | undefined, options?: CallOptions, trace?: CallTrace): Promise<T>;
}

/** Lives as long as its client. */
export function createCaller(client: CallerOptions): TracingCaller {
  return {
    async execute<T>(
      operation: Operation,
      given: object | undefined,
      options: CallOptions = {},
      trace: CallTrace = {},
    ): Promise<T> {
      const startedMs = performance.now();
      const flight = client.lifetime.begin(operation.name, options.signal);
      let call: Call | undefined;
      try {
        checkOptions(operation, options);
        const params = withKey(operation, checkParams(operation, given), options.idempotencyKey);
        const key = options.idempotencyKey ?? ownIdempotencyKey(operation, params);
        // Only a keyed call waits here: no other awaits what is known already.
        const enforced = key === undefined ? undefined : await enforcedKey(client.family, key);
        const request = prepare(client, operation, params, options, enforced, flight.signal);
        ({ call } = request.init);
        const response = await client.send(request.url, request.init, trace);
        trace.response = response;
        if (response.ok) return (await readAnswer(operation, response, client.redact)) as T;
        const facts = factsOf(operation, call, startedMs);
        const sentBytes = byteLength(request.init.body);
        throw await readError(operation, response, facts, sentBytes, client.redact, () => client.family.learn());
      } catch (error) {
        // The caller's own reason, untouched; whether it was that is decided by the signal, never by an error's name.
        if (options.signal?.aborted && (error === options.signal.reason || !brandOf(error)))
          throw options.signal.reason;
        const own = client.lifetime.ended(error) ? new ClientClosedError(operation.name, true) : error;
        const facts = factsOf(operation, call, startedMs);
        throw await client.onError(annotate(own, facts), facts, trace);
      } finally {
        flight.end();
        if (call) client.onDone(call);
      }
    },
  };
}

function withKey(operation: Operation, params: Params, key: string | undefined): Params {
  return key === undefined ? params : placeIdempotencyKey(operation, params, key);
}

/**
 * A key protects only where the server enforces it. The open-source one ignores keys, so there a keyed start is
 * replayed no more than one without.
 */
async function enforcedKey(family: ServerFamilyProbe, key: string): Promise<string | undefined> {
  return (await family.learn()) === 'oss' ? undefined : key;
}

function prepare(
  client: CallerOptions,
  operation: Operation,
  params: Params,
  options: CallOptions,
  idempotencyKey: string | undefined,
  signal: AbortSignal,
): { url: string; init: CallInit } {
  const body = encodeBody(operation, params['body']);
  const url = buildUrl(client.baseUrl(), operation, params);
  const headers = buildHeaders(operation, params, body?.contentType, { ...client.headers(), ...options.headers });
  const call: Call = {
    operation: operation.name,
    replay: replayMark(operation, params),
    idempotencyKey,
    timeoutMs: attemptTimeoutMs(operation, params, client.requestTimeoutMs, options.timeoutMs),
    totalTimeoutMs: options.totalTimeoutMs,
    ambiguousWrites: options.ambiguousWrites,
    retry: options.retry,
  };
  return { url, init: { method: operation.method, headers, body: body?.content, signal, call } };
}

function factsOf(operation: Operation, call: Call | undefined, startedMs: number): CallFacts {
  return {
    operation: operation.name,
    method: operation.method,
    pathTemplate: pathTemplate(operation),
    attempts: call?.attempts ?? 0,
    elapsedMs: Math.round(performance.now() - startedMs),
    failures: call?.failures,
  };
}

/** The path as it is documented: `/api/workflow/{workflowId}/pause`. */
function pathTemplate(operation: Operation): string {
  return operation.path.reduce((path, piece, index) => `${path}{${operation.pathParams[index - 1]}}${piece}`);
}

function byteLength(body: CallInit['body']): number | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? new TextEncoder().encode(body).length : body.byteLength;
}
