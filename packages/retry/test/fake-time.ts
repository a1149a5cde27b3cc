/** A clock that moves only when somebody sleeps. */
export interface FakeTime {
  now: () => number;
  random: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly sleeps: number[];
  advance: (ms: number) => void;
}

/** `random: 0.5` is the middle of the jitter: waits come out as their rule has them. */
export function fakeTime(random = 0.5, startMs = 1_800_000_000_000): FakeTime {
  let nowMs = startMs;
  const sleeps: number[] = [];
  return {
    now: () => nowMs,
    random: () => random,
    sleep: async (ms) => {
      sleeps.push(ms);
      nowMs += ms;
    },
    sleeps,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
