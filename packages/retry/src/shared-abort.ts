/** Somebody who wants to hear of an abort; `place` belongs to `SharedAbort`. */
export interface AbortListener {
  place: number;
  handleEvent(): void;
}

/** As long as its signal has listeners. */
const shared = new WeakMap<AbortSignal, SharedAbort>();

/**
 * All calls that run under one signal, behind the one listener that the signal sees. A signal keeps its listeners in a
 * chain and walks it whenever one comes or goes: with thousands of calls in flight, that would cost more than the calls.
 */
export class SharedAbort {
  readonly #signal: AbortSignal;
  readonly #listeners: AbortListener[] = [];

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  static of(signal: AbortSignal): SharedAbort {
    let found = shared.get(signal);
    if (found === undefined) {
      found = new SharedAbort(signal);
      shared.set(signal, found);
    }
    return found;
  }

  add(listener: AbortListener): void {
    if (this.#listeners.length === 0) this.#signal.addEventListener('abort', this);
    listener.place = this.#listeners.length;
    this.#listeners.push(listener);
  }

  /** In no time, however many there are: the last one takes the place. */
  remove(listener: AbortListener): void {
    const { place } = listener;
    if (place === -1) return;
    listener.place = -1;
    const last = this.#listeners.pop() as AbortListener;
    if (last !== listener) {
      this.#listeners[place] = last;
      last.place = place;
    }
    if (this.#listeners.length === 0) this.#signal.removeEventListener('abort', this);
  }

  /** For the signal. */
  handleEvent(): void {
    // A copy: they leave while one goes through them.
    for (const listener of this.#listeners.slice()) listener.handleEvent();
  }
}
