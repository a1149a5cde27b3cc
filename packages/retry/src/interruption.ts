import { cancel, ignore } from './dropped-body.ts';
import { SharedAbort } from './shared-abort.ts';
import { MAX_TIMER_MS } from './sleep.ts';
import { StepSignal } from './step-signal.ts';
import type { TimeLimit } from './time-limit.ts';
import type { Timed, TimeoutQueue } from './timeout-queue.ts';

/**
 * Ends whatever a call waits for, at once: when the user aborts, or when a timer fires. Lives as long as its call. Listens
 * to the user's signal, and for each step (an attempt, a refresh, a sleep) has one signal and one time.
 *
 * It settles the wait itself instead of trusting the fetch below to obey its signal, and it uses neither AbortSignal.any nor
 * AbortSignal.timeout: both have lost aborts to the garbage collector.
 */
export class Interruption implements Timed {
  readonly #userSignal: AbortSignal | undefined;
  #userAbort: SharedAbort | undefined;
  /** Among all that listen to the user's signal. */
  place = -1;
  /** In the queue of its step. */
  dueMs = 0;
  ahead: Timed | undefined;
  behind: Timed | undefined;
  #queue: TimeoutQueue | undefined;
  #step: StepSignal | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  #pendingAnswer: Promise<Response> | undefined;
  #ended = false;
  #reason: unknown;
  #expired: TimeLimit | undefined;

  constructor(userSignal: AbortSignal | undefined) {
    this.#userSignal = userSignal;
    if (userSignal?.aborted === true) {
      this.handleEvent();
    } else if (userSignal !== undefined) {
      this.#userAbort = SharedAbort.of(userSignal);
      this.#userAbort.add(this);
    }
  }

  /** Interrupted, by the user or by a timer. */
  get ended(): boolean {
    return this.#ended;
  }

  /** What came in the same moment as the interruption is not handed out any more. */
  throwIfEnded(): void {
    if (this.#ended) throw this.#reason;
  }

  /** The limit that ended the call, if one did. */
  get expired(): TimeLimit | undefined {
    return this.#expired;
  }

  /** The fetch below has said that the request of this step was still unsent when it was ended. */
  get unsent(): boolean {
    return this.#step?.unsent === true;
  }

  /** Signal of the current step. */
  get signal(): AbortSignal | undefined {
    return this.#step?.real;
  }

  /**
   * Starts a step. What the step before left running, such as the rest of a dropped body, is ended.
   *
   * @throws the reason, where the user has aborted between two steps: from a hook, or in the turn in which a wait was over.
   */
  begin(): StepSignal {
    this.throwIfEnded();
    this.#step?.abort();
    this.#step = new StepSignal();
    return this.#step;
  }

  /** This step has the time of the queue. @returns when it began, as the queue has it */
  armIn(queue: TimeoutQueue): number {
    this.#stopTimer();
    this.#queue = queue;
    return queue.add(this);
  }

  /** This step has a time of its own. */
  arm(limit: TimeLimit): void {
    this.#stopTimer();
    this.#timer = setTimeout(() => this.expire(limit), Math.min(limit.remainingMs, MAX_TIMER_MS));
  }

  #stopTimer(): void {
    this.#queue?.remove(this);
    this.#queue = undefined;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The step is over: no timer, nothing to clear away. */
  disarm(): void {
    this.#stopTimer();
    this.#pendingAnswer = undefined;
    // It would keep what was waited for, and so the answer, for as long as the user's signal lives.
    this.#reject = undefined;
  }

  /** Waits, unless interrupted. */
  wait<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      promise.then(resolve, reject);
      if (this.#ended) reject(this.#reason);
    });
  }

  /** Waits for an answer, unless interrupted. One that comes after that is cancelled. Takes also what a fetch gives without a promise. */
  waitForAnswer(given: Promise<Response>): Promise<Response> {
    const answer = Promise.resolve(given);
    if (this.#ended) answer.then(cancel, ignore);
    else this.#pendingAnswer = answer;
    return this.wait(answer);
  }

  /** The call has failed: what it left running below is ended. */
  abandon(): void {
    this.release();
    this.#step?.abort();
  }

  /** Takes the listener off the user's signal and stops the timer. */
  release(): void {
    this.disarm();
    this.#userAbort?.remove(this);
  }

  /** For the user's signal. */
  handleEvent(): void {
    this.#end(this.#userSignal?.reason);
  }

  /** For the timer. */
  expire(limit: TimeLimit): void {
    this.#queue = undefined;
    this.#expired = limit;
    this.#end(new DOMException('The time of this step is over', 'TimeoutError'));
  }

  /** The reason of a signal that is not the platform's may be missing. */
  #end(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#reason = reason;
    // First our own answer, then the fetch below: its error must not win.
    this.#reject?.(reason);
    this.#pendingAnswer?.then(cancel, ignore);
    this.release();
    this.#step?.abort(reason);
  }
}
