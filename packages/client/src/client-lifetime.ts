import { ClientClosedError } from './errors/client-closed-error.ts';
import { waitFor } from './runtime/patience.ts';

/** What calls that have been ended get for letting go. */
const ENDED_GRACE_MS = 100;

/** What whoever has aborted a call waits at the longest to hear of it. */
const ABORT_TOLD_MS = 30;

/** One call in flight: the signal it runs under, and how to leave. */
export interface Flight {
  readonly signal: AbortSignal | undefined;
  readonly end: () => void;
}

/** What a call needs of the life of its client. */
export interface Lifetime {
  /**
   * When a call that has failed may tell of it: at once, or, while the client closes, when that is over. Whoever writes
   * `return client.x()` under `await using` listens to the call only when the client has been closed: told earlier, Node
   * would take the failure for one that nobody handles and end the process. Once its own signal has aborted, before or
   * meanwhile, it is told soon, whatever else is in flight.
   */
  mayTell(own: AbortSignal | undefined): Promise<unknown> | undefined;
  /** Lets a call in, or refuses it. */
  begin(operation: string, own: AbortSignal | undefined): Flight;
  /** True for the rejection of a call that `close` ended, and not its own signal. */
  readonly ended: (error: unknown) => boolean;
}

/** A signal that follows a caller's and the end of the client (`AbortSignal.any` would keep its listeners). */
interface Link {
  readonly own: AbortSignal;
  readonly controller: AbortController;
  readonly follow: () => void;
  /** In flight under it. */
  calls: number;
}

/**
 * Open, then draining, then closed, for as long as the client lives. Counts the calls in flight and can end them:
 * a call without a signal of its own runs under one signal for all, so that the common case makes none.
 */
export class ClientLifetime implements Lifetime {
  readonly #closing: AbortController = new AbortController();
  #inFlight = 0;
  readonly #ended: AbortController = new AbortController();
  /** That of every call without a signal of its own. */
  readonly #plainFlight: Flight = { signal: this.#ended.signal, end: () => this.#leave() };
  readonly #uncounted: Flight = { signal: this.#ended.signal, end: () => undefined };
  readonly #links = new Map<AbortSignal, Link>();
  #onDrained: (() => void) | undefined;
  #over: Promise<void> | undefined;

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Aborts when no call is let in any more. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  mayTell(own: AbortSignal | undefined): Promise<unknown> | undefined {
    const over = this.#over;
    return (
      over &&
      waitFor(over, { signal: own, limitMs: Infinity }).then(
        // Also after an abort: the last call of all is over as soon as the client is, which takes less.
        () => waitFor(over, { limitMs: ABORT_TOLD_MS }),
      )
    );
  }

  begin(operation: string, own: AbortSignal | undefined): Flight {
    if (this.closing.aborted) throw new ClientClosedError(operation, false);
    const { signal, end } = this.#follow(own);
    // Counted last: a signal of somebody else's may throw when it is listened to.
    this.#inFlight += 1;
    if (own === undefined) return this.#plainFlight;
    return {
      signal,
      end: () => {
        end();
        this.#leave();
      },
    };
  }

  readonly ended = (error: unknown): boolean => this.#ended.signal.aborted && error === this.#ended.signal.reason;

  /**
   * For what middleware sends within a call that is in flight: as that call it may go on until the end. It tells of its failure at
   * once, since the middleware listens to it.
   */
  readonly within: Lifetime = {
    mayTell: () => undefined,
    begin: (operation, own) => {
      if (this.#ended.signal.aborted) throw new ClientClosedError(operation, false);
      return this.#follow(own);
    },
    ended: this.ended,
  };

  #follow(own: AbortSignal | undefined): Flight {
    if (own === undefined) return this.#uncounted;
    if (own.aborted) return { signal: own, end: this.#uncounted.end };
    const link = this.#linkTo(own);
    link.calls += 1;
    return {
      signal: link.controller.signal,
      end: () => {
        link.calls -= 1;
        if (link.calls === 0) this.#unlink(link);
      },
    };
  }

  /** No call is let in any more; resolves when the last one is over, or has been ended at the limit, and `free` is done. */
  close(timeoutMs: number, free: () => Promise<void>): Promise<void> {
    return (this.#over = this.#shutDown(timeoutMs, free));
  }

  async #shutDown(timeoutMs: number, free: () => Promise<void>): Promise<void> {
    this.#closing.abort();
    const drained = this.#inFlight > 0 ? new Promise<void>((resolve) => (this.#onDrained = resolve)) : undefined;
    // A number that is none limits nothing: ended at once, calls would lose their answers.
    await waitFor(drained, { limitMs: timeoutMs });
    // What middleware has left behind ends as well.
    this.#end();
    // What hangs even now hangs in code of the user's (an interceptor, a fetch): closing does not wait for that.
    await waitFor(drained, { limitMs: ENDED_GRACE_MS });
    await free();
  }

  #end(): void {
    this.#ended.abort();
    for (const { controller } of this.#links.values()) controller.abort(this.#ended.signal.reason);
  }

  #leave(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#onDrained?.();
  }

  /** Calls that were given the same signal share what follows it: a signal is slow with many listeners. */
  #linkTo(own: AbortSignal): Link {
    let link = this.#links.get(own);
    if (link === undefined) {
      const controller = new AbortController();
      const follow = (): void => controller.abort(own.reason);
      link = { own, controller, follow, calls: 0 };
      own.addEventListener('abort', follow);
      this.#links.set(own, link);
    }
    return link;
  }

  #unlink({ own, follow }: Link): void {
    own.removeEventListener('abort', follow);
    this.#links.delete(own);
  }
}
