import type { Clock } from '../clock.ts';
import type { PollData } from './types.ts';

/** As long as this a domain counts as served after its last poll; the real server's default. */
const WORKER_ACTIVE_MS = 10_000;

/** Who polled which queue last. */
export class PollLog {
  readonly #clock: Clock;
  readonly #byType = new Map<string, Map<string, PollData>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(type: string, domain: string | undefined, workerId: string | undefined): void {
    const queues = this.#byType.get(type) ?? new Map<string, PollData>();
    this.#byType.set(type, queues);
    queues.set(domain ?? '', { queueName: type, domain, workerId, lastPollTime: this.#clock.now() });
  }

  of(type: string): PollData[] {
    return [...(this.#byType.get(type)?.values() ?? [])];
  }

  all(): PollData[] {
    return [...this.#byType.keys()].flatMap((type) => this.of(type));
  }

  isServed(type: string, domain: string): boolean {
    const last = this.#byType.get(type)?.get(domain)?.lastPollTime;
    return last !== undefined && this.#clock.now() - last < WORKER_ACTIVE_MS;
  }
}
