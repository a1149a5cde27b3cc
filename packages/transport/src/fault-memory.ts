/** HTTP/2 is given up for an origin after this many faults ... */
export const FAULTS_TO_FALL_BACK = 2;
/** ... within this time, milliseconds. */
export const FAULT_WINDOW_MS = 60_000;
/** How long HTTP/1.1 is used then, before HTTP/2 is tried again, milliseconds. */
export const FALLBACK_MS = 600_000;

/** Remembers the faults of an origin's HTTP/2 sessions. */
export class FaultMemory {
  #faults: number[] = [];

  /** @returns whether it is time to fall back. */
  record(now: number): boolean {
    this.#faults = this.#faults.filter((at) => now - at < FAULT_WINDOW_MS);
    this.#faults.push(now);
    if (this.#faults.length < FAULTS_TO_FALL_BACK) return false;
    this.#faults = [];
    return true;
  }
}
