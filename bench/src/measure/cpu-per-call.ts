import { CONTENDERS, type ContenderName, OURS } from '../contenders/contender-list.ts';
import { CALL_KINDS, type CallKind } from '../payloads.ts';
import type { CpuResult, MemoryResult } from '../results.ts';
import type { RunningContender } from '../start-contender.ts';
import type { Protocol } from '../start-responder.ts';
import { ratioOf, spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

const IN_FLIGHT = 32;
/** What the goals to bare dispatch are about. */
const COMPARED: readonly ContenderName[] = ['dispatch', ...OURS];

/** Every contender with every kind of call: CPU round by round, then what it allocated, and the most memory it had. */
export async function measureCalls(
  lab: Lab,
  protocol: Protocol,
): Promise<{ calls: CpuResult[]; memory: MemoryResult[] }> {
  return withContenders(lab, CONTENDERS, protocol, async (contenders) => {
    const calls: CpuResult[] = [];
    const memory: MemoryResult[] = [];
    for (const call of CALL_KINDS) {
      const rounds = await measureRounds(lab, contenders, call);
      calls.push(...[...contenders.keys()].map((contender) => compare(rounds, protocol, call, contender)));
    }
    for (const [contender, process] of contenders) {
      // Before the sampling, which takes memory itself.
      const { peakRssMb } = await process.run({ kind: 'load', call: 'get', calls: IN_FLIGHT, inFlight: IN_FLIGHT });
      const { allocationCalls } = lab.plan;
      const sampled = await process.run({
        kind: 'allocation',
        call: 'get',
        calls: allocationCalls,
        inFlight: IN_FLIGHT,
      });
      memory.push({ protocol, contender, peakRssMb, allocatedBytes: sampled.allocatedBytes / allocationCalls });
    }
    return { calls, memory };
  });
}

type Rounds = ReadonlyMap<ContenderName, readonly number[]>;

/**
 * In turns, so that what disturbs the machine for a while disturbs all; each round begins with another one. One that does not take
 * part in a round has NaN there.
 */
async function measureRounds(
  { plan }: Lab,
  contenders: ReadonlyMap<ContenderName, RunningContender>,
  call: CallKind,
): Promise<Rounds> {
  const rounds = new Map<ContenderName, number[]>();
  const share = call === 'large' ? 3 : 1;
  // The first kind of call has most of the code compiled for the others as well.
  const warmUp = Math.ceil(plan.warmUpCalls / (call === 'get' ? 1 : 3));
  for (const [name, process] of contenders) {
    const calls = COMPARED.includes(name) ? warmUp : Math.ceil(warmUp / 2);
    await process.run({ kind: 'load', call, calls, inFlight: IN_FLIGHT });
    rounds.set(name, []);
  }
  const calls = Math.ceil(plan.callsPerRound / share);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const [name, process] of rotated([...contenders], round)) {
      const takesPart = COMPARED.includes(name) || round % plan.othersEvery === 0;
      const load = { kind: 'load', call, calls, inFlight: IN_FLIGHT } as const;
      rounds.get(name)?.push(takesPart ? (await process.run(load)).cpuUs / calls : Number.NaN);
    }
  }
  return rounds;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

function compare(rounds: Rounds, protocol: Protocol, call: CallKind, contender: ContenderName): CpuResult {
  const own = rounds.get(contender) ?? [];
  return {
    protocol,
    call,
    contender,
    cpuUs: spreadOf(own),
    toDispatch: ratioOf(own, rounds.get('dispatch') ?? []),
    toSdk: ratioOf(own, rounds.get('sdk') ?? []),
  };
}
