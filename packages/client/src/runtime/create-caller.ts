import type { ClientLifetime, Flight } from '../client-lifetime.ts';
import { annotate } from '../errors/annotate.ts';
import { brandOf } from '../errors/brand.ts';
import type { CallFacts } from '../errors/call-facts.ts';
import { ClientClosedError } from '../errors/client-closed-error.ts';
import { InvalidRequestError } from '../errors/invalid-request-error.ts';
import { ParseError } from '../errors/parse-error.ts';
import { UnsupportedByServerError } from '../errors/unsupported-by-server-error.ts';
import type { ServerFamily, ServerFamilyProbe } from '../server-family.ts';
import type { Params } from './build-url.ts';
import type { Call, CallInit } from './call.ts';
import type { AnyCallOptions, Caller, CallOptions } from './caller.ts';
import { checkOptions } from './check-options.ts';
import { checkParams } from './check-params.ts';
import { lackingFamily, mayBeAnotherAnswer } from './lacking-family.ts';
import type { Operation } from './operation.ts';
import { ossProblem } from './oss-limits.ts';
import type { ParseJson } from './parse-json.ts';
import { ownIdempotencyKey, placeIdempotencyKey } from './place-idempotency-key.ts';
import { prepareRequest, type RequestDefaults } from './prepare-request.ts';
import { readAnswer, type Redact } from './read-answer.ts';
import { readError } from './read-error.ts';

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
    async execute<T>(
      operation: Operation,
      given: object | undefined,
      givenOptions?: CallOptions,
      trace: CallTrace = {},
    ): Promise<T> {
      const startedMs = performance.now();
      const options = checkOptions(operation, givenOptions);
      let flight: Flight | undefined;
      let call: Call | undefined;
      let isDone = false;
      try {
        flight = client.lifetime.begin(operation.name, options.signal);
        const { signal } = flight;
        const params = withKey(operation, checkParams(operation, given), options.idempotencyKey);
        const key = options.idempotencyKey ?? ownIdempotencyKey(operation, params);
        const learnFamily = (): Promise<ServerFamily> => {
          const leftMs = (options.totalTimeoutMs || Infinity) - (performance.now() - startedMs);
          return client.family.learn(signal, leftMs);
        };
        // Only a keyed call waits here: no other awaits what is known already.
        const enforced = key === undefined ? undefined : await enforcedKey(learnFamily, key);
        const request = prepareRequest(client, operation, params, options, enforced, signal);
        const problem = ossProblem(operation, params, request);
        if (problem && (await learnFamily()) === 'oss') throw new InvalidRequestError(operation.name, problem);
        ({ call } = request.init);
        call.spentMs = performance.now() - startedMs;
        const response = await client.send(request.url, request.init, trace);
        trace.response = response;
        if (response.ok) {
          try {
            const data = (await readAnswer(operation, response, client.redact, client.parseJson)) as T;
            if (mayBeAnotherAnswer(operation, data) && (await learnFamily()) === 'oss') {
              const facts = factsOf(operation, call, startedMs);
              throw new UnsupportedByServerError({ status: response.status }, facts, 'oss');
            }
            isDone = true;
            return data;
          } catch (error) {
            throw await explainUnreadable(error, operation, factsOf(operation, call, startedMs), learnFamily);
          }
        }
        const facts = factsOf(operation, call, startedMs);
        const sentBytes = byteLength(request.init.body);
        throw await readError(operation, response, { facts, sentBytes, problem }, client.redact, learnFamily);
      } catch (error) {
        // The caller's own reason, untouched; whether it was that is decided by the signal, never by an error's name.
        if (options.signal?.aborted && (error === options.signal.reason || !brandOf(error)))
          throw options.signal.reason;
        const own = client.lifetime.ended(error) ? new ClientClosedError(operation.name, true) : error;
        const facts = factsOf(operation, call, startedMs);
        throw await client.onError(annotate(own, facts), facts, trace);
      } finally {
        flight?.end();
        trace.attempts = call?.attempts ?? 0;
        trace.elapsedMs = elapsedSince(startedMs);
        if (call) client.onDone(call);
        if (!isDone && client.lifetime.over) await client.lifetime.over;
      }
    },
  };
}

function withKey(operation: Operation, params: Params, key: string | undefined): Params {
  return key === undefined ? params : placeIdempotencyKey(operation, params, key);
}

/**
 * A key protects only where the server enforces it. The open-source one ignores keys, so there, and where nobody could
 * say which server it is, a keyed start is replayed no more than one without.
 */
async function enforcedKey(learnFamily: () => Promise<ServerFamily>, key: string): Promise<string | undefined> {
  return (await learnFamily()) === 'orkes' ? key : undefined;
}

/** A web page from a server that lacks the operation: its user interface answered. */
async function explainUnreadable(
  error: unknown,
  operation: Operation,
  facts: CallFacts,
  learnFamily: () => Promise<ServerFamily>,
): Promise<unknown> {
  if (!(error instanceof ParseError)) return error;
  const lacking = await lackingFamily(operation, error.status, learnFamily);
  return lacking === undefined ? error : new UnsupportedByServerError({ status: error.status }, facts, lacking);
}

function factsOf(operation: Operation, call: Call | undefined, startedMs: number): CallFacts {
  return {
    operation: operation.name,
    method: operation.method,
    pathTemplate: pathTemplate(operation),
    attempts: call?.attempts ?? 0,
    elapsedMs: elapsedSince(startedMs),
    failures: call?.failures,
  };
}

function elapsedSince(startedMs: number): number {
  return Math.round(performance.now() - startedMs);
}

/** The path as it is documented: `/api/workflow/{workflowId}/pause`. */
function pathTemplate(operation: Operation): string {
  return operation.path.reduce((path, piece, index) => `${path}{${operation.pathParams[index - 1]}}${piece}`);
}

function byteLength(body: CallInit['body']): number | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? new TextEncoder().encode(body).length : body.byteLength;
}
