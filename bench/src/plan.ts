import { CONTENDERS, type ContenderName } from './contenders/contender-list.ts';

/** How much of everything is measured. */
export interface Plan {
  readonly name: 'full' | 'quick';
  /** Who is measured beside bare dispatch, one after the other. */
  readonly contenders: readonly ContenderName[];
  readonly rounds: number;
  /** For those that no goal compares with bare dispatch: they make a tenth of the calls before, too. */
  readonly othersRounds: number;
  /** Calls of one contender in one round; of 30 kB answers a third. So many that the caches of the core, which the other one had before, do not count. */
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

const WITHOUT_DISPATCH = CONTENDERS.filter((name) => name !== 'dispatch');

/** About five minutes. */
export const FULL: Plan = {
  name: 'full',
  contenders: WITHOUT_DISPATCH,
  rounds: 8,
  othersRounds: 2,
  callsPerRound: 1_500,
  warmUpCalls: 20_000,
  allocationCalls: 1_000,
  inFlight: [1, 32, 1_000, 10_000],
  inFlightRounds: 3,
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
  contenders: ['groups', 'sdk'],
  rounds: 2,
  othersRounds: 1,
  callsPerRound: 600,
  warmUpCalls: 4_000,
  allocationCalls: 300,
  inFlight: [1, 32],
  inFlightRounds: 2,
  callsMade: [5_000, 10_000],
  coldStarts: 2,
  latencyRounds: 2,
  batchStarts: 2_000,
  stubRounds: 3,
  stubCalls: 20_000,
};
