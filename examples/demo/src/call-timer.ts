/** Collects how long calls took, retries and waits included. */
export class CallTimer {
  readonly #durationsMs: number[] = [];

  async time<T>(call: () => Promise<T>): Promise<T> {
    const startMs = performance.now();
    try {
      return await call();
    } finally {
      this.#durationsMs.push(performance.now() - startMs);
    }
  }

  /** The duration that the given share (0 to 1) of all calls stayed within, in milliseconds. */
  percentileMs(share: number): number {
    const sorted = this.#durationsMs.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}
