import type { Call } from './call.ts';

/**
 * Calls that wait for a connection, first come first served. A call leaves at once when it is aborted, wherever it stands. Not a Set: of one
 * that is filled at one end and emptied at the other, the engine keeps the removed, and walks them to find the first.
 */
export class WaitingLine {
  #first: Call | undefined;
  #last: Call | undefined;
  #size = 0;
  /** The last of those who waited has given up. */
  readonly #onAbandoned: () => void;

  constructor(onAbandoned: () => void) {
    this.#onAbandoned = onAbandoned;
  }

  get size(): number {
    return this.#size;
  }

  /** The one that waits longest. */
  get first(): Call | undefined {
    return this.#first;
  }

  add(call: Call): void {
    call.carrier = this;
    call.ahead = this.#last;
    if (this.#last === undefined) this.#first = call;
    else this.#last.behind = call;
    this.#last = call;
    this.#size += 1;
  }

  takeAll(): Call[] {
    const all: Call[] = [];
    for (let call = this.#first; call !== undefined; call = this.#first) {
      all.push(call);
      this.remove(call);
    }
    return all;
  }

  /** It has found a connection. */
  remove(call: Call): void {
    const { ahead, behind } = call;
    if (ahead === undefined && this.#first !== call) return;
    if (ahead === undefined) this.#first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.#last = ahead;
    else behind.ahead = ahead;
    // A call that has left must keep no other alive.
    call.ahead = undefined;
    call.behind = undefined;
    this.#size -= 1;
  }

  /** It was given up. */
  drop(call: Call): void {
    this.remove(call);
    if (this.#size === 0) this.#onAbandoned();
  }

  pause(): void {}

  resume(): void {}
}
