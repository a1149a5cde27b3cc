import type { Call, Carrier } from './call.ts';
import { exchangeError } from './exchange-error.ts';
import { ProxyAuthError } from './proxy-auth-error.ts';
import type { RawHeaders } from './response-headers.ts';
import type { TransportError } from './transport-error.ts';

interface Controller {
  abort(reason: Error): void;
  pause(): void;
  resume(): void;
}

/** A proxy that may answer in place of the server; without its credentials. */
export interface AnsweringProxy {
  readonly name: string;
  readonly source: string;
}

/** One call on an undici dispatcher: undici's handler on one side, the call's carrier on the other. Lives until undici reports the end. */
export class UndiciExchange implements Carrier {
  #call: Call | undefined;
  #controller: Controller | undefined;
  #cancelQueued: ((reason: Error) => void) | undefined;
  readonly #proxy: AnsweringProxy | undefined;
  readonly #done: (how: 'ended' | 'failed') => void;
  readonly #fail: (call: Call, error: TransportError) => void;

  /**
   * `proxy`: set where the answers may be the proxy's own. `done`: undici is finished with the request. `fail` settles the call,
   * at once or after a look at the reason.
   */
  constructor(
    call: Call,
    proxy: AnsweringProxy | undefined,
    done: (how: 'ended' | 'failed') => void,
    fail: (call: Call, error: TransportError) => void = (failed, error) => failed.fail(error),
  ) {
    this.#call = call;
    this.#proxy = proxy;
    this.#done = done;
    this.#fail = fail;
    call.carrier = this;
  }

  /** undici gives a way to take back a request that still waits for its connection. */
  queued(cancel: (reason: Error) => void): void {
    this.#cancelQueued = cancel;
  }

  onRequestStart(controller: Controller): void {
    const call = this.#call;
    // Thrown here, undici forgets the request and keeps the fresh socket; aborting would close it.
    if (call === undefined) throw new Error('The call was given up before it was sent');
    this.#controller = controller;
    this.#cancelQueued = undefined;
    // A second start would mean that undici has sent it again by itself: let `sent` only move forward.
    if (call.phase === 'waiting') call.sent();
  }

  onResponseStart(_controller: Controller, status: number, headers: RawHeaders, statusText?: string): void {
    const call = this.#call;
    if (call === undefined || status < 200) return;
    if (status === 407 && this.#proxy !== undefined) {
      const { name: proxy, source } = this.#proxy;
      call.fail(new ProxyAuthError({ origin: call.request.origin, proxy, source, status }));
    } else {
      call.answered(status, statusText ?? '', headers);
    }
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#call?.data(chunk);
  }

  onResponseEnd(): void {
    const call = this.#call;
    this.#call = undefined;
    call?.ended();
    this.#done('ended');
  }

  onResponseError(_controller: Controller | null, error: Error): void {
    const call = this.#call;
    this.#call = undefined;
    this.#done('failed');
    if (call !== undefined) this.#fail(call, exchangeError(error, call, this.#controller !== undefined));
  }

  drop(_call: Call, reason: Error): void {
    if (this.#call === undefined) return;
    this.#call = undefined;
    const why = reason instanceof Error ? reason : new Error('aborted');
    if (this.#controller !== undefined) this.#controller.abort(why);
    else this.#cancelQueued?.(why);
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }
}
