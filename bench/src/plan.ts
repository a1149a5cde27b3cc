import { CONTENDERS, type ContenderName, OURS } from './contenders/contender-list.ts';

/** How much of everything is measured. */
export interface Plan {
  readonly name: 'full' | 'quick';
  /** The ways to call our client, in one process beside bare dispatch. */
  readonly ours: readonly ContenderName[];
  /** How often both are started anew and measured: how a process turns out is a matter of luck. */
  readonly ourHeats: number;
  readonly rounds: number;
  /** Who else is measured beside bare dispatch, one after the other. */
  readonly others: readonly ContenderName[];
  /** Of those, which no goal compares with bare dispatch: they make a twentieth of the calls before, too. */
  readonly othersRounds: number;
  /** Calls of one contender in one round; of 30 kB answers a third, of the others a third. So many that the caches of the core, which the other one had before, do not count. */
  readonly callsPerRound: number;
  /** Before the first round: until then Node compiles what is called often, ever better. */
  readonly warmUpCalls: number;
  readonly allocationCalls: number;
  readonly inFlight: readonly number[];
  readonly inFlightRounds: number;
  readonly callsMade: readonly number[];
  readonly coldStarts: number;
  readonly latencyRounds: number;
  readonly batchStarts: number;
  readonly stubRounds: number;
  readonly stubCalls: number;
}

const OTHERS = CONTENDERS.filter((name) => name !== 'dispatch' && !OURS.includes(name));

/** About five minutes. */
export const FULL: Plan = {
  name: 'full',
  ours: OURS,
  ourHeats: 2,
  rounds: 4,
  others: OTHERS,
  othersRounds: 2,
  callsPerRound: 1_500,
  warmUpCalls: 50_000,
  allocationCalls: 1_000,
  inFlight: [1, 32, 1_000, 10_000],
  inFlightRounds: 2,
  callsMade: [10_000, 100_000, 300_000, 1_000_000],
  coldStarts: 7,
  latencyRounds: 9,
  batchStarts: 10_000,
  stubRounds: 9,
  stubCalls: 60_000,
};

/** About forty seconds: enough to see a step, not a per cent. */
export const QUICK: Plan = {
  name: 'quick',
  ours: ['groups'],
  ourHeats: 1,
  rounds: 2,
  others: ['sdk'],
  othersRounds: 1,
  callsPerRound: 500,
  warmUpCalls: 3_000,
  allocationCalls: 300,
  inFlight: [1, 32],
  inFlightRounds: 2,
  callsMade: [3_000, 6_000],
  coldStarts: 2,
  latencyRounds: 2,
  batchStarts: 1_000,
  stubRounds: 3,
  stubCalls: 20_000,
};
