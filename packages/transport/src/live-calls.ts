import type { Call } from './call.ts';

/**
 * All calls that are under way. Not a Set: of one that calls join and leave all the time the engine makes a new table every few dozen calls,
 * and each dead table keeps the next one from being collected with the young, and the calls in it.
 */
export class LiveCalls {
  readonly #calls: Call[] = [];

  get size(): number {
    return this.#calls.length;
  }

  add(call: Call): void {
    if (call.place !== -1) return;
    call.place = this.#calls.length;
    this.#calls.push(call);
  }

  remove(call: Call): void {
    const { place } = call;
    if (place === -1) return;
    call.place = -1;
    const last = this.#calls.pop() as Call;
    if (last === call) return;
    this.#calls[place] = last;
    last.place = place;
  }

  /** A copy: calls leave while one goes through them. */
  all(): readonly Call[] {
    return this.#calls.slice();
  }
}
