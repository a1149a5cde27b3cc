import { CONTENDERS, type ContenderName, OURS } from './contenders/contender-list.ts';

/** Contenders that share a process, and how long they are measured beside bare dispatch. */
export interface Heats {
  readonly contenders: readonly ContenderName[];
  /** How often both processes are started anew: how a process turns out is a matter of luck. */
  readonly times: number;
  /** Of each process before the first round; for each kind of call but the first half of it. Until then Node compiles what is called often, ever better. */
  readonly warmUpMs: number;
  readonly rounds: number;
  /** Of one contender in one round: long enough that it has its share of the collector's work, and that cold caches do not count. */
  readonly sliceMs: number;
}

/** How much of everything is measured: as a time, since machines differ by more than clients. */
export interface Plan {
  readonly name: 'full' | 'quick';
  /** One after the other. */
  readonly heats: readonly Heats[];
  readonly allocationCalls: number;
  readonly inFlight: readonly number[];
  readonly inFlightRounds: number;
  readonly inFlightMs: number;
  readonly callsMade: readonly number[];
  readonly coldStarts: number;
  readonly latencyRounds: number;
  readonly batchStarts: number;
  readonly stubRounds: number;
  readonly stubCalls: number;
}

/** Which no goal compares with. */
const OTHERS = CONTENDERS.filter((name) => name !== 'dispatch' && name !== 'sdk' && !OURS.includes(name));

/** About five minutes. */
export const FULL: Plan = {
  name: 'full',
  heats: [
    { contenders: OURS, times: 2, warmUpMs: 3_000, rounds: 4, sliceMs: 500 },
    { contenders: ['sdk'], times: 1, warmUpMs: 2_000, rounds: 3, sliceMs: 400 },
    ...OTHERS.map((name) => ({ contenders: [name], times: 1, warmUpMs: 500, rounds: 2, sliceMs: 200 })),
  ],
  allocationCalls: 1_000,
  inFlight: [1, 32, 1_000, 10_000],
  inFlightRounds: 3,
  inFlightMs: 300,
  callsMade: [10_000, 100_000, 300_000, 1_000_000],
  coldStarts: 7,
  latencyRounds: 9,
  batchStarts: 10_000,
  stubRounds: 9,
  stubCalls: 400_000,
};

/** About thirty seconds: enough to see a step, not a per cent. */
export const QUICK: Plan = {
  name: 'quick',
  heats: [
    { contenders: ['groups'], times: 1, warmUpMs: 800, rounds: 2, sliceMs: 150 },
    { contenders: ['sdk'], times: 1, warmUpMs: 400, rounds: 1, sliceMs: 100 },
  ],
  allocationCalls: 300,
  inFlight: [1, 32],
  inFlightRounds: 2,
  inFlightMs: 100,
  callsMade: [3_000, 6_000],
  coldStarts: 2,
  latencyRounds: 2,
  batchStarts: 1_000,
  stubRounds: 3,
  stubCalls: 20_000,
};
