import type { Origin } from './origin.ts';
import type { OriginContext } from './origin-context.ts';

export interface SlowWaitTiming {
  /** A wait of this length is worth a warning, milliseconds. */
  readonly afterMs: number;
  /** At most one warning for an origin in this time, milliseconds. */
  readonly everyMs: number;
}

export const SLOW_WAIT_TIMING: SlowWaitTiming = { afterMs: 1_000, everyMs: 15_000 };

/** Tells why calls are slow when a limit of this package is the reason: otherwise nobody would think of it. */
export class SlowWaitWarning {
  readonly #timing: SlowWaitTiming;
  readonly #context: OriginContext;
  readonly #warnedAt = new WeakMap<Origin, number>();

  constructor(timing: SlowWaitTiming, context: OriginContext) {
    this.#timing = timing;
    this.#context = context;
  }

  check(origin: Origin, now: number): void {
    const since = origin.blockedSince;
    if (since === undefined || now - since < this.#timing.afterMs) return;
    if (now - (this.#warnedAt.get(origin) ?? -Infinity) < this.#timing.everyMs) return;
    this.#warnedAt.set(origin, now);
    const { policy, settingNames, logger } = this.#context;
    const isHttp1 = origin.protocol === 'h1';
    const option = isHttp1 ? 'maxHttp1Sockets' : 'maxHttp2Sessions';
    const setting = settingNames[option] ?? option;
    logger?.warn(`Calls wait for a free ${isHttp1 ? 'socket' : 'stream'}: the limit ${setting} is reached`, {
      origin: origin.route.origin,
      inFlight: origin.inFlight,
      queued: origin.queued,
      limit: policy[option],
      setting,
    });
  }
}
