/** A timer that was set; cancelling it twice, or after it ran, does nothing. */
export interface Timer {
  cancel(): void;
}

/** Time as the server sees it. Tests hand in a `ManualClock`; everything else runs on `systemClock`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `run` once after `delayMs`. The timer never keeps the process alive. */
  setTimer(run: () => void, delayMs: number): Timer;
}

// setTimeout turns a longer delay into 1 ms, which would fire a timer set for "never" at once.
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(run, delayMs) {
    const handle = setTimeout(run, Math.min(Math.max(delayMs, 0), LONGEST_TIMEOUT_MS));
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};

interface PendingTimer {
  readonly dueMs: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to move on. */
export class ManualClock implements Clock {
  #nowMs: number;
  readonly #pending = new Set<PendingTimer>();

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimer(run: () => void, delayMs: number): Timer {
    const timer: PendingTimer = { dueMs: this.#nowMs + Math.max(delayMs, 0), run };
    this.#pending.add(timer);
    return { cancel: () => this.#pending.delete(timer) };
  }

  /** Moves time forward, running each timer that falls due at its own instant, in order. */
  async advance(ms: number): Promise<void> {
    const targetMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#nextDueBy(targetMs); next; next = this.#nextDueBy(targetMs)) {
      this.#pending.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.run();
      await settle();
    }
    this.#nowMs = targetMs;
  }

  /** The earliest timer due by `targetMs`; a set keeps insertion order, so of two equal ones the older wins. */
  #nextDueBy(targetMs: number): PendingTimer | undefined {
    let earliest: PendingTimer | undefined;
    for (const timer of this.#pending) {
      if (timer.dueMs <= targetMs && (!earliest || timer.dueMs < earliest.dueMs)) earliest = timer;
    }
    return earliest;
  }
}

/** Lets promise callbacks run that a timer has just made ready. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
