import { MAX_TIMER_MS } from './sleep.ts';
import type { TimeLimit } from './time-limit.ts';

/* The platform's own, whatever a test or a tracer puts in their place later. */
const platformSetTimeout = globalThis.setTimeout;
const platformPerformance = globalThis.performance;
// oxlint-disable-next-line typescript/unbound-method -- called on its own object: a bound one is slower
const platformNow = platformPerformance.now;

/** Elsewhere a timer may end with the request that it was made in (Workers), or hold the process for good (older Deno). */
const isNode = globalThis.navigator?.userAgent?.startsWith('Node.js/') && !('clock' in platformSetTimeout);

/** Outside of what calls carry along (AsyncLocalStorage): a timer that serves all must not keep what belongs to one. */
const outside: <T>(work: () => T) => T =
  (isNode && process.getBuiltinModule('node:async_hooks').AsyncLocalStorage.snapshot()) || ((work) => work());

/** Beyond that, each has a timer of its own: a queue that nobody uses stays for as long as its time. */
const MAX_QUEUES = 16;

/** Somebody whose time may run out; all but `expire` belongs to the queue. */
export interface Timed {
  dueMs: number;
  /** Its neighbours. */
  ahead: Timed | undefined;
  behind: Timed | undefined;
  expire(limit: TimeLimit): void;
}

/**
 * All steps that have the same time: it runs out in the order in which they began, so that one timer of the platform serves them all. To set
 * and clear one for each costs a call nearly as much as the rest of this package. It goes by the platform's clock and timers, also under fake ones.
 *
 * When the last one leaves, the timer stays, without holding the process: most often somebody comes before it fires.
 */
export class TimeoutQueue {
  readonly #limit: TimeLimit;
  readonly #onUnused: () => void;
  #first: Timed | undefined;
  #last: Timed | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** For whom the timer was set, unless he has left. */
  #awaited: Timed | undefined;
  #isLooking = false;

  constructor(timeoutMs: number, onUnused: () => void) {
    this.#limit = { code: 'ATTEMPT_TIMEOUT', timeoutMs, remainingMs: timeoutMs };
    this.#onUnused = onUnused;
  }

  /** @returns the time now, by the platform's monotonic clock */
  add(timed: Timed): number {
    const nowMs = platformNow.call(platformPerformance);
    timed.dueMs = nowMs + this.#limit.timeoutMs;
    timed.ahead = this.#last;
    if (this.#last === undefined) this.#first = timed;
    else this.#last.behind = timed;
    this.#last = timed;
    // At its end a look sets the timer for the first, who is due before this one.
    if (this.#timer === undefined && !this.#isLooking) this.#await(timed, nowMs);
    else if (this.#first === timed) this.#timer?.ref();
    return nowMs;
  }

  remove(timed: Timed): void {
    const { ahead, behind } = timed;
    if (ahead === undefined) this.#first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.#last = ahead;
    else behind.ahead = ahead;
    // Who has left keeps nobody alive, and is kept by nobody.
    timed.ahead = undefined;
    timed.behind = undefined;
    if (this.#awaited === timed) this.#awaited = undefined;
    if (this.#first === undefined) this.#timer?.unref();
  }

  #await(timed: Timed, nowMs: number): void {
    const delayMs = Math.max(1, Math.min(Math.ceil(timed.dueMs - nowMs), MAX_TIMER_MS));
    this.#timer = outside(() => platformSetTimeout(() => this.#look(), delayMs));
    this.#awaited = timed;
  }

  #look(): void {
    const nowMs = platformNow.call(platformPerformance);
    this.#timer = undefined;
    this.#isLooking = true;
    try {
      // Timers may be a little early.
      if (this.#awaited !== undefined) this.#expire(this.#awaited);
      while (this.#first !== undefined && this.#first.dueMs <= nowMs) this.#expire(this.#first);
    } finally {
      this.#isLooking = false;
      if (this.#first === undefined) this.#onUnused();
      else this.#await(this.#first, nowMs);
    }
  }

  #expire(timed: Timed): void {
    this.remove(timed);
    timed.expire(this.#limit);
  }
}

/** One queue for each time that is in use. Lives as long as its wrapper. */
export class TimeoutQueues {
  readonly #queues = new Map<number, TimeoutQueue>();

  /** `undefined`: a timer of its own is right, as under fake ones, which are counted and wound. */
  of(timeoutMs: number): TimeoutQueue | undefined {
    if (!isNode || globalThis.setTimeout !== platformSetTimeout) return undefined;
    let queue = this.#queues.get(timeoutMs);
    if (queue === undefined && this.#queues.size < MAX_QUEUES) {
      queue = new TimeoutQueue(timeoutMs, () => this.#queues.delete(timeoutMs));
      this.#queues.set(timeoutMs, queue);
    }
    return queue;
  }
}
