import { type ContenderName, OURS } from '../contenders/contender-list.ts';
import { CALL_KINDS, type CallKind } from '../payloads.ts';
import type { Plan } from '../plan.ts';
import type { CpuResult, MemoryResult } from '../results.ts';
import type { RunningContender } from '../start-contender.ts';
import type { Protocol } from '../start-responder.ts';
import { quantile, ratioOf, spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

const IN_FLIGHT = 32;

/** The first kind of call has most of the code compiled for the others as well. */
const WARM_UP_SHARE: Readonly<Record<CallKind, number>> = { get: 1, post: 3, large: 12 };

/**
 * Every contender with every kind of call: CPU round by round, then the most memory that it had, and what it allocates. Each runs beside bare
 * dispatch alone: the more processes take turns on a core, the colder its caches are at each turn, and that costs most who has most code.
 */
export async function measureCalls(
  lab: Lab,
  protocol: Protocol,
): Promise<{ calls: CpuResult[]; memory: MemoryResult[] }> {
  const heats: Heat[] = [];
  for (const contender of lab.plan.contenders)
    heats.push(await withContenders(lab, ['dispatch', contender], protocol, (pair) => runHeat(lab.plan, pair)));
  const contenders: readonly ContenderName[] = ['dispatch', ...lab.plan.contenders];
  return {
    calls: CALL_KINDS.flatMap((call) => contenders.map((contender) => cpuOf(heats, { protocol, call, contender }))),
    memory: contenders.map((contender) => memoryOf(heats, { protocol, contender })),
  };
}

/** What one of the two in a heat was measured at. */
interface Side {
  readonly contender: ContenderName;
  readonly process: RunningContender;
  /** For each round, of one call. */
  readonly cpuUs: Readonly<Record<CallKind, number[]>>;
  peakRssMb: number;
  allocatedBytes: number;
}

/** Bare dispatch and the contender beside it. */
type Heat = readonly Side[];

async function runHeat(plan: Plan, pair: ReadonlyMap<ContenderName, RunningContender>): Promise<Heat> {
  const heat = [...pair].map(([contender, process]): Side => ({
    contender,
    process,
    cpuUs: { get: [], post: [], large: [] },
    peakRssMb: Number.NaN,
    allocatedBytes: Number.NaN,
  }));
  const thorough = OURS.some((contender) => pair.has(contender));
  for (const call of CALL_KINDS) {
    const warmUpCalls = Math.ceil(plan.warmUpCalls / (thorough ? 1 : 10) / WARM_UP_SHARE[call]);
    for (const { process } of heat) await process.run({ kind: 'load', call, calls: warmUpCalls, inFlight: IN_FLIGHT });
    const calls = Math.ceil(plan.callsPerRound / (call === 'large' ? 3 : 1));
    for (let round = 0; round < (thorough ? plan.rounds : plan.othersRounds); round += 1)
      for (const { process, cpuUs } of round % 2 === 0 ? heat : heat.toReversed())
        cpuUs[call].push((await process.run({ kind: 'load', call, calls, inFlight: IN_FLIGHT })).cpuUs / calls);
  }
  for (const side of heat) await measureMemory(side, plan.allocationCalls);
  return heat;
}

async function measureMemory(side: Side, calls: number): Promise<void> {
  const load = { call: 'get', inFlight: IN_FLIGHT } as const;
  // Before the sampling, which takes memory itself.
  side.peakRssMb = (await side.process.run({ kind: 'load', calls: IN_FLIGHT, ...load })).peakRssMb;
  side.allocatedBytes = (await side.process.run({ kind: 'allocation', calls, ...load })).allocatedBytes / calls;
}

type Which = Pick<CpuResult, 'protocol' | 'call' | 'contender'>;

function cpuOf(heats: readonly Heat[], which: Which): CpuResult {
  const sides = sidesOf(heats, which.contender);
  const own = sides.flatMap(([side]) => side.cpuUs[which.call]);
  const bare = sides.flatMap(([, side]) => side.cpuUs[which.call]);
  return { ...which, cpuUs: spreadOf(own), toDispatch: ratioOf(own, bare) };
}

function memoryOf(heats: readonly Heat[], which: Pick<MemoryResult, 'protocol' | 'contender'>): MemoryResult {
  const sides = sidesOf(heats, which.contender);
  const middle = (value: (own: Side, bare: Side) => number): number =>
    quantile(
      sides.map(([own, bare]) => value(own, bare)),
      0.5,
    );
  return {
    ...which,
    peakRssMb: middle((own) => own.peakRssMb),
    peakRssToDispatch: middle((own, bare) => own.peakRssMb / bare.peakRssMb),
    allocatedBytes: middle((own) => own.allocatedBytes),
    allocatedToDispatch: middle((own, bare) => own.allocatedBytes / bare.allocatedBytes),
  };
}

/** The contender, each time with bare dispatch of the same heat. Bare dispatch itself was in all of them. */
function sidesOf(heats: readonly Heat[], contender: ContenderName): (readonly [own: Side, bare: Side])[] {
  return heats.flatMap((heat) => {
    const own = heat.find((side) => side.contender === contender);
    const bare = heat.find((side) => side.contender === 'dispatch');
    return own === undefined || bare === undefined ? [] : [[own, bare] as const];
  });
}
