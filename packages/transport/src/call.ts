import { LightResponse } from './light-response.ts';
import type { PreparedRequest } from './prepare-request.ts';
import { reasonOf } from './reason-of.ts';
import { ResponseBody } from './response-body.ts';
import type { BodySource } from './response-body.ts';
import type { RawHeaders } from './response-headers.ts';
import { TransportError } from './transport-error.ts';
import type { TransportErrorInit } from './transport-error.ts';
import type { TransportErrorCode } from './error-codes.ts';

/** What carries a call at the moment: an HTTP/2 stream, an undici request, or a place in a queue. */
export interface Carrier {
  /** Gives the call up; nothing more will be reported to it. */
  drop(call: Call, reason: Error): void;
  pause(call: Call): void;
  resume(call: Call): void;
}

/** The transport, as a call sees it. */
export interface CallOwner {
  readonly maxResponseBytes: number;
  /** `true`: the answer was a redirect, and another call has taken over. */
  redirect(call: Call, head: { readonly status: number; readonly headers: RawHeaders }): boolean;
  /** The call holds nothing any more. */
  settled(call: Call): void;
  received(bytes: number): void;
  /** The error as the caller is to see it. */
  explained(error: Error): Error;
}

/** See `Call.since`. */
export const NOW = 0;

type Phase = 'waiting' | 'sent' | 'answered' | 'over';

/** One exchange: from the fetch of the caller to the last byte of the body. The only state that a call has lives here. */
export class Call implements BodySource {
  readonly request: PreparedRequest;
  readonly #owner: CallOwner;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (reason: unknown) => void;
  phase: Phase = 'waiting';
  carrier: Carrier | undefined;
  /** Among all calls under way; -1: it is none of them. */
  place = -1;
  /** Its neighbours while it waits for a connection. */
  ahead: Call | undefined;
  behind: Call | undefined;
  /** Times it was sent again after the server had refused it unprocessed. */
  replays = 0;
  /** Redirects that led here. */
  readonly followed: number;
  /**
   * When it began to wait, when it was sent, when the last part of the body moved; monotonic milliseconds. `NOW`: since the last look at all
   * calls, which puts the time in: to ask the clock at each of these would be a good part of what a call costs here.
   */
  since: number;
  #body: ResponseBody | undefined;
  #contentLength = -1;
  #received = 0;

  constructor(
    request: PreparedRequest,
    owner: CallOwner,
    resolve: (response: Response) => void,
    reject: (reason: unknown) => void,
    followed: number,
  ) {
    this.request = request;
    this.#owner = owner;
    this.#resolve = resolve;
    this.#reject = reject;
    this.followed = followed;
    this.since = performance.now();
    request.signal?.addEventListener('abort', this);
  }

  get isOver(): boolean {
    return this.phase === 'over';
  }

  get isAnswered(): boolean {
    return this.#body !== undefined;
  }

  /** The promise functions, for the call that follows a redirect. */
  successor(request: PreparedRequest): Call {
    return new Call(request, this.#owner, this.#resolve, this.#reject, this.followed + 1);
  }

  /** The one listener on the signal of the caller. */
  handleEvent(): void {
    const signal = this.request.signal as AbortSignal;
    // A light signal wants to know; the platform's has no such member.
    if ('unsent' in signal && this.phase === 'waiting' && this.followed === 0) signal.unsent = true;
    const reason = reasonOf(signal);
    this.#endWith(reason, reason as Error);
  }

  /** From here on the server may see it. */
  sent(): void {
    this.phase = 'sent';
    this.since = NOW;
  }

  answered(status: number, statusText: string, headers: RawHeaders): void {
    if (this.phase === 'over') return;
    if (status >= 300 && status < 400 && this.#owner.redirect(this, { status, headers })) return;
    this.phase = 'answered';
    this.since = NOW;
    const { method, origin, path } = this.request;
    const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
    const length = headers['content-length'];
    if (hasBody && typeof length === 'string' && length !== '') this.#contentLength = Number(length);
    const encoding = headers['content-encoding'];
    const body = new ResponseBody(
      this,
      this.#owner.maxResponseBytes,
      hasBody && typeof encoding === 'string' ? encoding : undefined,
    );
    this.#body = body;
    const source = status === 204 || status === 304 ? null : body;
    this.#resolve(new LightResponse(status, statusText, headers, origin + path, this.followed > 0, source));
  }

  data(chunk: Buffer): void {
    this.#received += chunk.length;
    this.since = NOW;
    this.#owner.received(chunk.length);
    this.#body?.push(chunk);
  }

  /** The carrier has reported the end of the body. @returns whether all of it has come, as far as its length was announced. */
  get isComplete(): boolean {
    return this.#contentLength === -1 || this.#received === this.#contentLength;
  }

  get announcedLength(): boolean {
    return this.#contentLength !== -1;
  }

  ended(): void {
    if (this.phase === 'over') return;
    if (!this.isComplete) return this.fail(new TransportError('RESPONSE_TRUNCATED', { origin: this.request.origin }));
    this.#over();
    this.#body?.end();
  }

  /** Settles with an error of its own: no two calls share one. */
  failWith(code: TransportErrorCode, init: TransportErrorInit): void {
    const requestSent = this.isAnswered || init.requestSent;
    this.fail(new TransportError(code, { origin: this.request.origin, ...init, requestSent }));
  }

  fail(error: Error): void {
    if (this.request.isDone && error instanceof TransportError) Object.assign(error, { requestSent: true });
    this.#endWith(this.#owner.explained(error), error);
  }

  /** Leaves without settling: another call has taken over. */
  leave(): void {
    const { carrier } = this;
    if (this.phase === 'over') return;
    this.#over();
    carrier?.drop(this, new Error('superseded by a redirect'));
  }

  pauseBody(): void {
    this.carrier?.pause(this);
  }

  resumeBody(): void {
    this.since = NOW;
    this.carrier?.resume(this);
  }

  cancelBody(error: Error): void {
    this.fail(error);
  }

  #endWith(reason: unknown, carrierReason: Error): void {
    if (this.phase === 'over') return;
    const { carrier } = this;
    this.#over();
    // Before the answer the promise tells, after it the body does; telling both does no harm.
    this.#reject(reason);
    this.#body?.fail(reason as Error);
    carrier?.drop(this, carrierReason);
  }

  #over(): void {
    this.phase = 'over';
    this.request.signal?.removeEventListener('abort', this);
    this.#owner.settled(this);
  }
}
