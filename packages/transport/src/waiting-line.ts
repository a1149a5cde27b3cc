import type { Call } from './call.ts';

/** Calls that wait for a connection, first come first served. A call leaves at once when it is aborted, wherever it stands. */
export class WaitingLine {
  readonly #calls = new Set<Call>();
  /** The last of those who waited has given up. */
  readonly #onAbandoned: () => void;

  constructor(onAbandoned: () => void) {
    this.#onAbandoned = onAbandoned;
  }

  get size(): number {
    return this.#calls.size;
  }

  add(call: Call): void {
    call.carrier = this;
    this.#calls.add(call);
  }

  /** The one that waits longest. */
  get first(): Call | undefined {
    for (const call of this.#calls) return call;
    return undefined;
  }

  takeAll(): Call[] {
    const all = [...this.#calls];
    this.#calls.clear();
    return all;
  }

  /** It has found a connection. */
  remove(call: Call): void {
    this.#calls.delete(call);
  }

  /** It was given up. */
  drop(call: Call): void {
    this.#calls.delete(call);
    if (this.#calls.size === 0) this.#onAbandoned();
  }

  pause(): void {}

  resume(): void {}
}
