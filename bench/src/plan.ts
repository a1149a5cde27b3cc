/** How much of everything is measured. */
export interface Plan {
  readonly name: 'full' | 'quick';
  readonly rounds: number;
  /** Those that no goal compares with take part in one round out of so many. */
  readonly othersEvery: number;
  /** Calls of one contender in one round; of 30 kB answers a third. So many that the caches of the core, which the others had before, do not count. */
  readonly callsPerRound: number;
  readonly warmUpCalls: number;
  readonly allocationCalls: number;
  readonly inFlight: readonly number[];
  readonly callsMade: readonly number[];
  readonly coldStarts: number;
  readonly latencyRounds: number;
  readonly batchStarts: number;
  readonly stubCalls: number;
}

/** About five minutes. */
export const FULL: Plan = {
  name: 'full',
  rounds: 8,
  othersEvery: 4,
  callsPerRound: 3_000,
  warmUpCalls: 10_000,
  allocationCalls: 3_000,
  inFlight: [1, 32, 1_000, 10_000],
  callsMade: [10_000, 100_000, 300_000, 1_000_000],
  coldStarts: 9,
  latencyRounds: 9,
  batchStarts: 10_000,
  stubCalls: 60_000,
};

/** About forty seconds: enough to see a step, not a per cent. */
export const QUICK: Plan = {
  name: 'quick',
  rounds: 2,
  othersEvery: 2,
  callsPerRound: 600,
  warmUpCalls: 1_000,
  allocationCalls: 300,
  inFlight: [1, 32],
  callsMade: [5_000, 10_000],
  coldStarts: 2,
  latencyRounds: 2,
  batchStarts: 2_000,
  stubCalls: 20_000,
};
