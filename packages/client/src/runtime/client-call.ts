import { annotate } from '../errors/annotate.ts';
import { brandOf } from '../errors/brand.ts';
import type { CallFacts } from '../errors/call-facts.ts';
import { ClientClosedError } from '../errors/client-closed-error.ts';
import { InvalidRequestError, type RequestProblem } from '../errors/invalid-request-error.ts';
import { ParseError } from '../errors/parse-error.ts';
import { UnsupportedByServerError } from '../errors/unsupported-by-server-error.ts';
import type { Flight } from '../client-lifetime.ts';
import type { ServerFamily } from '../server-family.ts';
import type { Params } from './build-url.ts';
import type { Call, CallInit } from './call.ts';
import type { CallOptions } from './caller.ts';
import { checkOptions } from './check-options.ts';
import { checkParams } from './check-params.ts';
import type { TimedTrace } from './call-trace.ts';
import type { CallerOptions } from './caller-options.ts';
import { lackingFamily, mayBeAnotherAnswer } from './lacking-family.ts';
import type { Operation } from './operation.ts';
import { ossProblem } from './oss-limits.ts';
import { monotonic } from './patience.ts';
import { ownIdempotencyKey, placeIdempotencyKey } from './place-idempotency-key.ts';
import { type PreparedRequest, prepareRequest } from './prepare-request.ts';
import { readAnswer, textOf } from './read-answer.ts';
import { readError } from './read-error.ts';
import type { HeldCall } from './too-slow.ts';

/** What code of the user's may take when the time of its call is over. */
const GRACE_MS = 100;

/**
 * One call of an operation, from its parameters to its value or its error. A promise is made only where there is something to wait
 * for, and what only failures need is not made at all.
 */
export class ClientCall {
  readonly #client: CallerOptions;
  readonly #operation: Operation;
  readonly #trace: TimedTrace;
  readonly #isTraced: boolean;
  readonly #now: () => number;
  readonly #startedMs: number;
  #options: CallOptions = {};
  #flight: Flight | undefined;
  #request: PreparedRequest | undefined;
  /** What the open-source server would refuse about it. */
  #problem: RequestProblem | undefined;

  /** `trace`: absent where nobody looks at it. */
  constructor(client: CallerOptions, operation: Operation, trace: TimedTrace | undefined) {
    this.#client = client;
    this.#operation = operation;
    this.#trace = trace ?? {};
    this.#isTraced = trace !== undefined;
    this.#now = client.now ?? monotonic;
    this.#startedMs = this.#now();
  }

  async run(params: object | undefined, options: CallOptions | undefined): Promise<unknown> {
    this.#options = checkOptions(this.#operation, options);
    try {
      this.#flight = this.#client.lifetime.begin(this.#operation.name, this.#options.signal);
      const preparing = this.#prepare(params);
      const { url, init } = preparing instanceof Promise ? await preparing : preparing;
      const { call } = init;
      // Also what middleware has spent before.
      if (call.totalTimeoutMs) call.spentMs = call.totalTimeoutMs - this.#leftMs;
      const response = await this.#client.send(url, init, this.#trace);
      this.#trace.response = response;
      if (!response.ok) throw await this.#refusal(response);
      const reading = this.#read(response);
      const value = reading instanceof Promise ? await reading : reading;
      this.#end();
      return value;
    } catch (error) {
      this.#request?.init.release?.(error);
      try {
        throw await this.#explain(error);
      } finally {
        // Also where an interceptor of errors throws: a call that never ends would hold up the end of the client.
        this.#end();
        await this.#client.lifetime.mayTell(this.#options.signal);
      }
    }
  }

  #prepare(given: object | undefined): PreparedRequest | Promise<PreparedRequest> {
    const { idempotencyKey } = this.#options;
    const checked = checkParams(this.#operation, given);
    const params =
      idempotencyKey === undefined ? checked : placeIdempotencyKey(this.#operation, checked, idempotencyKey);
    const key = idempotencyKey ?? ownIdempotencyKey(this.#operation, params);
    // Only a keyed call waits here: no other awaits what is known already.
    return key === undefined ? this.#assemble(params) : this.#assembleKeyed(params, key);
  }

  /**
   * A key protects only where the server enforces it. The open-source one ignores keys, so there, and where nobody could
   * say which server it is, a keyed start is replayed no more than one without.
   */
  async #assembleKeyed(params: Params, key: string): Promise<PreparedRequest> {
    // Put together first: what cannot be sent is refused without a question.
    const request = await this.#assemble(params);
    if ((await this.#learnFamily()) === 'orkes') request.init.call.idempotencyKey = key;
    return request;
  }

  #assemble(params: Params): PreparedRequest | Promise<PreparedRequest> {
    const request = prepareRequest(this.#client, this.#operation, params, this.#options, this.#signal);
    this.#problem = ossProblem(this.#operation, params, request);
    if (this.#problem !== undefined) return this.#unlessImpossible(request, this.#problem);
    this.#request = request;
    return request;
  }

  async #unlessImpossible(request: PreparedRequest, problem: RequestProblem): Promise<PreparedRequest> {
    if ((await this.#learnFamily()) === 'oss') throw new InvalidRequestError(this.#operation.name, problem);
    this.#request = request;
    return request;
  }

  /** The value of a good answer, at once where all of it is there. */
  #read(response: Response): unknown {
    const { redact, parseJson } = this.#client;
    try {
      const value = readAnswer(this.#operation, response, redact, parseJson);
      if (!(value instanceof Promise) && !mayBeAnotherAnswer(this.#operation, value)) return value;
      return this.#readLater(response, value);
    } catch (error) {
      return this.#unreadable(error);
    }
  }

  async #readLater(response: Response, reading: unknown): Promise<unknown> {
    try {
      // What the user parses with may give a promise.
      const value = await this.#hold(reading);
      if (!mayBeAnotherAnswer(this.#operation, value) || (await this.#learnFamily()) !== 'oss') return value;
    } catch (error) {
      return this.#unreadable(error);
    }
    throw new UnsupportedByServerError({ status: response.status }, this.#facts(), 'oss');
  }

  /** A web page from a server that lacks the operation: its user interface answered. */
  async #unreadable(error: unknown): Promise<never> {
    if (!(error instanceof ParseError)) throw error;
    const { status } = error;
    const lacking = await lackingFamily(this.#operation, status, () => this.#learnFamily());
    throw lacking === undefined ? error : new UnsupportedByServerError({ status }, this.#facts(), lacking);
  }

  async #refusal(response: Response): Promise<unknown> {
    const call = this.#sent;
    // A fetch of the user's, or an interceptor, may give a body that never ends.
    const body = textOf(response);
    const text = typeof body === 'string' ? body : await this.#hold(body);
    const circumstances = {
      facts: this.#facts(),
      mayRepeat: call?.replay === 'safe' || call?.idempotencyKey !== undefined,
      sentBytes: byteLength(this.#request?.init.body),
      problem: this.#problem,
    };
    return readError(this.#operation, response, text, circumstances, this.#client.redact, () => this.#learnFamily());
  }

  #hold<T>(reading: T | Promise<T>): Promise<T> {
    const call: HeldCall = this.#sent ?? { operation: this.#operation.name };
    const patience = { signal: this.#signal, leftMs: this.#leftMs + GRACE_MS, attemptMs: call.timeoutMs };
    return this.#client.hold(reading, patience, 'What reads the answer', call);
  }

  /** What to throw. */
  async #explain(error: unknown): Promise<unknown> {
    const { signal } = this.#options;
    // The caller's own reason, untouched; whether it was that is decided by the signal, never by an error's name.
    if (signal?.aborted && (error === signal.reason || !brandOf(error))) return signal.reason ?? error;
    const own = this.#client.lifetime.ended(error) ? new ClientClosedError(this.#operation.name, true) : error;
    const facts = this.#facts();
    const told = this.#client.scrub(annotate(own, facts, this.#trace.response !== undefined));
    return this.#client.onError(told, facts, this.#trace, () => ({
      signal: this.#signal,
      limitMs: Math.max(GRACE_MS, Math.min(this.#client.requestTimeoutMs || Infinity, this.#leftMs)),
    }));
  }

  #learnFamily(): Promise<ServerFamily> {
    return this.#client.family.learn(this.#signal, this.#leftMs);
  }

  get #leftMs(): number {
    const { totalTimeoutMs = this.#client.totalTimeoutMs } = this.#options;
    const ownEndMs = this.#startedMs + (totalTimeoutMs || Infinity);
    return Math.min(ownEndMs, this.#trace.endMs ?? Infinity) - this.#now();
  }

  #end(): void {
    const call = this.#sent;
    this.#flight?.end();
    this.#request?.init.release?.();
    if (this.#isTraced) {
      this.#trace.attempts = call?.attempts ?? 0;
      this.#trace.elapsedMs = this.#elapsedMs;
    }
    if (call !== undefined) this.#client.onDone(call);
  }

  get #signal(): AbortSignal | undefined {
    // A call that was not let in has only its own.
    return (this.#flight ?? this.#options).signal;
  }

  get #sent(): Call | undefined {
    return this.#request?.init.call;
  }

  get #elapsedMs(): number {
    return Math.round(this.#now() - this.#startedMs);
  }

  #facts(): CallFacts {
    return {
      operation: this.#operation.name,
      method: this.#operation.method,
      pathTemplate: pathTemplate(this.#operation),
      attempts: this.#sent?.attempts ?? 0,
      elapsedMs: this.#elapsedMs,
      protocol: this.#client.protocol?.(),
      failures: this.#sent?.failures,
    };
  }
}

/** The path as it is documented: `/api/workflow/{workflowId}/pause`. */
function pathTemplate(operation: Operation): string {
  return operation.path.reduce((path, piece, index) => `${path}{${operation.pathParams[index - 1]}}${piece}`);
}

function byteLength(body: CallInit['body']): number | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? new TextEncoder().encode(body).length : body.byteLength;
}
