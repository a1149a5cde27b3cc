/** A span of time that may not be exceeded, and which setting it comes from. */
export interface TimeLimit {
  readonly code: 'ATTEMPT_TIMEOUT' | 'TOTAL_TIMEOUT';
  /** The setting, as the user gave it. */
  readonly timeoutMs: number;
  /** What is left of it. */
  readonly remainingMs: number;
}

/** The instant that ends a call, and the setting it comes from. */
export interface Deadline {
  readonly atMs: number;
  readonly totalTimeoutMs: number;
}

/** `undefined`: no deadline. `spentMs` has gone already. */
export function deadlineAfter(totalTimeoutMs: number, now: () => number, spentMs = 0): Deadline | undefined {
  return totalTimeoutMs > 0 ? { atMs: now() + totalTimeoutMs - spentMs, totalTimeoutMs } : undefined;
}

/** What bounds a step that starts now: its own timeout (0 = none), or the deadline where that is nearer. */
export function nearestLimit(timeoutMs: number, deadline: Deadline | undefined, nowMs: number): TimeLimit | undefined {
  if (deadline !== undefined) {
    const remainingMs = deadline.atMs - nowMs;
    if (!(timeoutMs > 0) || remainingMs <= timeoutMs) {
      return { code: 'TOTAL_TIMEOUT', timeoutMs: deadline.totalTimeoutMs, remainingMs };
    }
  }
  return timeoutMs > 0 ? { code: 'ATTEMPT_TIMEOUT', timeoutMs, remainingMs: timeoutMs } : undefined;
}
