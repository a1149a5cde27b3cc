/** How much of everything is measured. */
export interface Plan {
  readonly name: 'full' | 'quick';
  readonly rounds: number;
  /** Calls of one contender in one round; of 30 kB answers a third. */
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
  rounds: 7,
  callsPerRound: 2_500,
  warmUpCalls: 15_000,
  allocationCalls: 5_000,
  inFlight: [1, 32, 1_000, 10_000],
  callsMade: [10_000, 100_000, 300_000, 1_000_000],
  coldStarts: 11,
  latencyRounds: 5,
  batchStarts: 10_000,
  stubCalls: 200_000,
};

/** About forty seconds: enough to see a step, not a per cent. */
export const QUICK: Plan = {
  name: 'quick',
  rounds: 2,
  callsPerRound: 1_000,
  warmUpCalls: 6_000,
  allocationCalls: 500,
  inFlight: [1, 32],
  callsMade: [20_000, 40_000],
  coldStarts: 3,
  latencyRounds: 2,
  batchStarts: 2_000,
  stubCalls: 50_000,
};
