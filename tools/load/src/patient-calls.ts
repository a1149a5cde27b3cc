import { setTimeout as sleep } from 'node:timers/promises';
import { whatNow } from './what-now.ts';

/** What happened to calls on their way, beyond what the client set right by itself. */
export interface Troubles {
  /** Calls that ended although they had certainly not been carried out: the server was away. */
  unsent: number;
  /** Calls whose outcome was unknown when they ended. */
  unknown: number;
}

/** How long to let a server in trouble alone, in milliseconds. */
const PAUSE_MS = 100;

/** Makes calls again that may be made twice, until they are answered; lives as long as the run. */
export class PatientCalls {
  readonly troubles: Troubles = { unsent: 0, unknown: 0 };
  readonly #limit: AbortSignal;
  readonly #onAnswer: () => void;

  constructor(limit: AbortSignal, onAnswer: () => void) {
    this.#limit = limit;
    this.#onAnswer = onAnswer;
  }

  /** For what is safe to repeat. */
  async repeat<T>(call: () => Promise<T>): Promise<T> {
    return this.lookBeforeRepeating(call, () => undefined);
  }

  /** For what is not: after an unknown outcome, `look` says whether it was done, or gives undefined. */
  async lookBeforeRepeating<T>(call: () => Promise<T>, look: () => Promise<T | undefined> | undefined): Promise<T> {
    for (;;) {
      this.#limit.throwIfAborted();
      try {
        const answer = await call();
        this.#onAnswer();
        return answer;
      } catch (error) {
        const found = await this.#recover(error, look);
        if (found !== undefined) return found;
      }
    }
  }

  async #recover<T>(error: unknown, look: () => Promise<T | undefined> | undefined): Promise<T | undefined> {
    const todo = whatNow(error);
    if (todo === 'give-up') throw error;
    this.troubles[todo === 'look' ? 'unknown' : 'unsent'] += 1;
    await sleep(PAUSE_MS);
    return todo === 'look' ? look() : undefined;
  }
}
