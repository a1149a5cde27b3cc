/** HTTP/2 is given up for an origin after this many faults ... */
const FAULTS_TO_FALL_BACK = 2;
/** ... within this time, milliseconds. */
const FAULT_WINDOW_MS = 60_000;
/** How long HTTP/1.1 is used then, before HTTP/2 is tried again, milliseconds. */
const FALLBACK_MS = 600_000;

/** Remembers the faults of an origin's HTTP/2 sessions: something on the way (a proxy, an old balancer) may promise HTTP/2 and not bear it. */
export class FaultMemory {
  #faults: number[] = [];
  #fallbackUntil = Infinity;

  /** @returns whether it is time to fall back. */
  record(now: number): boolean {
    this.#faults = this.#faults.filter((at) => now - at < FAULT_WINDOW_MS);
    this.#faults.push(now);
    if (this.#faults.length < FAULTS_TO_FALL_BACK) return false;
    this.#faults = [];
    this.#fallbackUntil = now + FALLBACK_MS;
    return true;
  }

  /** `true` once, when the time of the fallback is up. */
  fallbackIsOver(now: number): boolean {
    if (now < this.#fallbackUntil) return false;
    this.#fallbackUntil = Infinity;
    return true;
  }
}
