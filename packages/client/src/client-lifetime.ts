import { ClientClosedError } from './errors/client-closed-error.ts';

/** One call in flight: the signal it runs under, and how to leave. */
export interface Flight {
  readonly signal: AbortSignal;
  end(): void;
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
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#ended.abort(), Math.min(timeoutMs, 2 ** 31 - 1));
      this.#onDrained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #leave(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#onDrained?.();
  }
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
