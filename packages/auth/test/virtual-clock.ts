import type { TokenManager } from '../src/index.ts';

/** Both clocks of a manager, moved by hand. */
export interface VirtualClock {
  wallMs: number;
  monotonicMs: number;
  /** Time passes for both. */
  advance(ms: number): void;
  /** The options of a manager that lives by this clock. */
  readonly options: {
    readonly now: () => number;
    readonly monotonic: () => number;
    readonly random: () => number;
    readonly sleep: (ms: number) => Promise<void>;
  };
  /** Every sleep asked for. */
  readonly sleeps: number[];
}

export function virtualClock(): VirtualClock {
  const clock: VirtualClock = {
    wallMs: 1_800_000_000_000,
    monotonicMs: 1_000,
    sleeps: [],
    advance: (ms) => {
      clock.wallMs += ms;
      clock.monotonicMs += ms;
    },
    options: {
      now: () => clock.wallMs,
      monotonic: () => clock.monotonicMs,
      random: () => 0.5,
      sleep: async (ms) => {
        clock.sleeps.push(ms);
        clock.advance(ms);
      },
    },
  };
  return clock;
}

/** Waits until no attempt is under way. */
export async function untilIdle(tokens: TokenManager): Promise<void> {
  while (tokens.stats().minting) await new Promise((resolve) => void setTimeout(resolve, 1));
}
