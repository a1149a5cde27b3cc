/** One reading of both clocks. Neither is enough alone: the wall clock can be set, the monotonic one stands still in suspend. */
export interface Instant {
  /** Milliseconds since 1970. */
  readonly wallMs: number;
  /** Milliseconds that never run backwards. */
  readonly monotonicMs: number;
}

/** Lives as long as its token manager. */
export interface Clock {
  read(): Instant;
  /** Tells the clock that a sleep until `monotonicMs` has ended. */
  reached(monotonicMs: number): void;
}

/** How much time has passed: the larger of what the two clocks say, so that neither can lengthen a token's life. */
export function ageMs(since: Instant, now: Instant): number {
  return Math.max(now.monotonicMs - since.monotonicMs, now.wallMs - since.wallMs);
}

export function createClock(now: () => number, monotonic: () => number): Clock {
  // A sleep that ended is proof that its time has passed. Timers fire up to a millisecond early, and a test may skip
  // its sleeps; without this floor both would spin until the real clock catches up.
  let floorMs = -Infinity;
  return {
    read: () => ({ wallMs: now(), monotonicMs: Math.max(monotonic(), floorMs) }),
    reached: (monotonicMs) => {
      floorMs = Math.max(floorMs, monotonicMs);
    },
  };
}
