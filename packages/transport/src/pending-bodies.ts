import { reasonOf } from './reason-of.ts';
import { TransportError } from './transport-error.ts';

/** Calls whose body is still being read: that may never come to its end, and the call must. Lives as long as its transport. */
export class PendingBodies {
  readonly #ends = new Set<(why: unknown) => void>();
  readonly #onGivenUp: () => void;

  /** `onGivenUp`: one of them will never be a call on a connection. */
  constructor(onGivenUp: () => void) {
    this.#onGivenUp = onGivenUp;
  }

  get size(): number {
    return this.#ends.size;
  }

  /** Waits for the body, unless the signal or the end of the transport comes first. */
  wait<T>(body: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#ends.delete(end);
        signal?.removeEventListener('abort', abort);
      };
      const end = (why: unknown): void => {
        leave();
        reject(why);
        this.#onGivenUp();
      };
      const abort = (): void => end(reasonOf(signal as AbortSignal));
      this.#ends.add(end);
      signal?.addEventListener('abort', abort);
      void body.then((value) => {
        leave();
        return resolve(value);
      }, end);
      if (signal?.aborted === true) abort();
    });
  }

  /** The transport is at its end. */
  endAll(cause: Error | undefined): void {
    for (const end of this.#ends) end(new TransportError('CLOSED', { cause, requestSent: false }));
  }
}
