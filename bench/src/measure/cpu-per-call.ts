import type { ContenderName } from '../contenders/contender-list.ts';
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
 * Every contender with every kind of call: CPU round by round, then the most memory that its process had, and what it allocates. Each runs beside
 * bare dispatch alone: the more processes take turns on a core, the colder its caches are at each turn, and that costs most who has most code.
 */
export async function measureCalls(
  lab: Lab,
  protocol: Protocol,
): Promise<{ calls: CpuResult[]; memory: MemoryResult[] }> {
  const { ours, ourHeats, rounds, others, othersRounds, callsPerRound, warmUpCalls } = lab.plan;
  const heats: Heat[] = [];
  const run = async (beside: readonly ContenderName[], extent: Extent): Promise<void> => {
    heats.push(await withContenders(lab, ['dispatch', beside], protocol, (both) => runHeat(lab.plan, both, extent)));
  };
  for (let heat = 0; heat < ourHeats; heat += 1) await run(ours, { rounds, callsPerRound, warmUpCalls });
  const less = { rounds: othersRounds, callsPerRound: callsPerRound / 3, warmUpCalls: warmUpCalls / 20 };
  for (const other of others) await run([other], less);
  const contenders: readonly ContenderName[] = ['dispatch', ...ours, ...others];
  return {
    calls: CALL_KINDS.flatMap((call) => contenders.map((contender) => cpuOf(heats, { protocol, call, contender }))),
    memory: contenders.map((contender) => memoryOf(heats, { protocol, contender })),
  };
}

/** How much of it is done in a heat. */
interface Extent {
  readonly rounds: number;
  readonly callsPerRound: number;
  /** Of each process. */
  readonly warmUpCalls: number;
}

/** What a contender in a heat was measured at. */
interface Side {
  readonly contender: ContenderName;
  readonly process: RunningContender;
  /** For each round, of one call. */
  readonly cpuUs: Readonly<Record<CallKind, number[]>>;
  /** The same of bare dispatch, just before or after it. */
  readonly dispatchUs: Readonly<Record<CallKind, number[]>>;
  peakRssMb: number;
  allocatedBytes: number;
}

/** Bare dispatch, then what runs beside it. */
type Heat = readonly [Side, ...Side[]];

async function runHeat(
  plan: Plan,
  contenders: ReadonlyMap<ContenderName, RunningContender>,
  { rounds, callsPerRound, warmUpCalls }: Extent,
): Promise<Heat> {
  const heat = [...contenders].map(([contender, process]): Side => ({
    contender,
    process,
    cpuUs: { get: [], post: [], large: [] },
    dispatchUs: { get: [], post: [], large: [] },
    peakRssMb: Number.NaN,
    allocatedBytes: Number.NaN,
  })) as [Side, ...Side[]];
  const [dispatch, ...beside] = heat;
  for (const call of CALL_KINDS) {
    for (const { contender, process } of heat) {
      const sharing = contender === 'dispatch' ? 1 : beside.length;
      const before = Math.ceil(warmUpCalls / sharing / WARM_UP_SHARE[call]);
      await process.run({ kind: 'load', call, calls: before, inFlight: IN_FLIGHT });
    }
    const calls = Math.ceil(callsPerRound / (call === 'large' ? 3 : 1));
    const measure = async ({ process }: Side): Promise<number> =>
      (await process.run({ kind: 'load', call, calls, inFlight: IN_FLIGHT })).cpuUs / calls;
    for (let round = 0; round < rounds; round += 1)
      for (const side of beside) {
        const before = round % 2 === 0 ? await measure(dispatch) : undefined;
        side.cpuUs[call].push(await measure(side));
        const dispatchUs = before ?? (await measure(dispatch));
        for (const list of [side.dispatchUs, dispatch.dispatchUs, dispatch.cpuUs]) list[call].push(dispatchUs);
      }
  }
  await measureMemory(heat, plan.allocationCalls);
  return heat;
}

async function measureMemory(heat: Heat, calls: number): Promise<void> {
  const load = { call: 'get', inFlight: IN_FLIGHT } as const;
  // Before any sampling, which takes memory itself.
  for (const side of heat)
    side.peakRssMb = (await side.process.run({ kind: 'load', calls: IN_FLIGHT, ...load })).peakRssMb;
  for (const side of heat)
    side.allocatedBytes = (await side.process.run({ kind: 'allocation', calls, ...load })).allocatedBytes / calls;
}

type Which = Pick<CpuResult, 'protocol' | 'call' | 'contender'>;

function cpuOf(heats: readonly Heat[], which: Which): CpuResult {
  const sides = sidesOf(heats, which.contender);
  const own = sides.flatMap(([side]) => side.cpuUs[which.call]);
  const dispatch = sides.flatMap(([side]) => side.dispatchUs[which.call]);
  return { ...which, cpuUs: spreadOf(own), toDispatch: ratioOf(own, dispatch) };
}

function memoryOf(heats: readonly Heat[], which: Pick<MemoryResult, 'protocol' | 'contender'>): MemoryResult {
  const sides = sidesOf(heats, which.contender);
  const middle = (value: (own: Side, dispatch: Side) => number): number =>
    quantile(
      sides.map(([own, dispatch]) => value(own, dispatch)),
      0.5,
    );
  return {
    ...which,
    peakRssMb: middle((own) => own.peakRssMb),
    peakRssToDispatch: middle((own, dispatch) => own.peakRssMb / dispatch.peakRssMb),
    allocatedBytes: middle((own) => own.allocatedBytes),
    allocatedToDispatch: middle((own, dispatch) => own.allocatedBytes / dispatch.allocatedBytes),
  };
}

/** The contender, in each heat that it was in, with bare dispatch of the same heat. Bare dispatch itself was in all of them. */
function sidesOf(heats: readonly Heat[], contender: ContenderName): (readonly [own: Side, dispatch: Side])[] {
  return heats.flatMap((heat) => {
    const own = heat.find((side) => side.contender === contender);
    return own === undefined ? [] : [[own, heat[0]] as const];
  });
}
