import { ClientClosedError } from './errors/client-closed-error.ts';

/** What calls that have been ended get for letting go. */
const ENDED_GRACE_MS = 100;
/** The longest that a timer of Node's can be set for; beyond it, it fires at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** One call in flight: the signal it runs under, and how to leave. */
export interface Flight {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/**
 * Open, then draining, then closed, for as long as the client lives. Counts the calls in flight and can end them:
 * a call without a signal of its own runs under one signal for all, so that the common case makes none.
 */
export class ClientLifetime {
  #closing = false;
  #inFlight = 0;
  readonly #ended: AbortController = new AbortController();
  #onDrained: (() => void) | undefined;

  get inFlight(): number {
    return this.#inFlight;
  }

  get isClosing(): boolean {
    return this.#closing;
  }

  /** Lets a call in, or refuses it. */
  begin(operation: string, own: AbortSignal | undefined): Flight {
    if (this.#closing) throw new ClientClosedError(operation, false);
    this.#inFlight += 1;
    if (own === undefined) return { signal: this.#ended.signal, end: () => this.#leave() };
    const { signal, unlink } = linked(own, this.#ended.signal);
    return {
      signal,
      end: () => {
        unlink();
        this.#leave();
      },
    };
  }

  /** True for the rejection of a call that `close` ended, and not its own signal. */
  ended(error: unknown): boolean {
    return this.#ended.signal.aborted && error === this.#ended.signal.reason;
  }

  /** No call is let in any more; resolves when the last one is over, or has been ended at the limit. */
  async drain(timeoutMs: number): Promise<void> {
    this.#closing = true;
    if (this.#inFlight === 0) return;
    const { promise, resolve } = deferred();
    this.#onDrained = resolve;
    let timer = setTimeout(
      () => {
        this.#ended.abort();
        // What hangs even now hangs in code of the user's (an interceptor, a fetch): closing does not wait for that.
        timer = setTimeout(resolve, ENDED_GRACE_MS);
      },
      Math.min(timeoutMs, MAX_TIMER_MS),
    );
    await promise;
    clearTimeout(timer);
  }

  #leave(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#onDrained?.();
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A signal that follows two others, with listeners that are taken off again (`AbortSignal.any` keeps them). */
function linked(first: AbortSignal, second: AbortSignal): { signal: AbortSignal; unlink: () => void } {
  if (first.aborted) return { signal: first, unlink: () => undefined };
  const controller = new AbortController();
  const followFirst = (): void => controller.abort(first.reason);
  const followSecond = (): void => controller.abort(second.reason);
  first.addEventListener('abort', followFirst);
  second.addEventListener('abort', followSecond);
  return {
    signal: controller.signal,
    unlink: () => {
      first.removeEventListener('abort', followFirst);
      second.removeEventListener('abort', followSecond);
    },
  };
}
