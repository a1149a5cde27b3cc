import type { ContenderName } from '../contenders/contender-list.ts';
import { CALL_KINDS, type CallKind } from '../payloads.ts';
import type { Heats } from '../plan.ts';
import type { CpuResult, MemoryResult } from '../results.ts';
import type { RunningContender } from '../start-contender.ts';
import type { Protocol } from '../start-responder.ts';
import { quantile, ratioOf, spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';
import { warmUp } from './warm-up.ts';

const IN_FLIGHT = 32;

/**
 * Every contender with every kind of call: CPU round by round, then the most memory that its process had, and what it allocates. Each runs beside
 * bare dispatch alone: the more processes take turns on a core, the colder its caches are at each turn, and that costs most who has most code.
 */
export async function measureCalls(
  lab: Lab,
  protocol: Protocol,
): Promise<{ calls: CpuResult[]; memory: MemoryResult[] }> {
  const heats: Heat[] = [];
  for (const plan of lab.plan.heats) {
    for (let time = 0; time < plan.times; time += 1) {
      const run = (both: ReadonlyMap<ContenderName, RunningContender>): Promise<Heat> =>
        runHeat(both, plan, lab.plan.allocationCalls);
      heats.push(await withContenders(lab, ['dispatch', plan.contenders], protocol, run));
    }
  }
  const contenders: readonly ContenderName[] = ['dispatch', ...lab.plan.heats.flatMap((plan) => plan.contenders)];
  return {
    calls: CALL_KINDS.flatMap((call) => contenders.map((contender) => cpuOf(heats, { protocol, call, contender }))),
    memory: contenders.map((contender) => memoryOf(heats, { protocol, contender })),
  };
}

/** What a contender in a heat was measured at. */
interface Side {
  readonly contender: ContenderName;
  readonly process: RunningContender;
  /** For each round, of one call. */
  readonly cpuUs: Readonly<Record<CallKind, number[]>>;
  /** The same of bare dispatch in the same rounds. */
  readonly dispatchUs: Readonly<Record<CallKind, number[]>>;
  peakRssMb: number;
  allocatedBytes: number;
}

/** Bare dispatch, then what runs beside it. */
type Heat = readonly [Side, ...Side[]];

async function runHeat(
  contenders: ReadonlyMap<ContenderName, RunningContender>,
  plan: Heats,
  allocationCalls: number,
): Promise<Heat> {
  const heat = [...contenders].map(([contender, process]): Side => ({
    contender,
    process,
    cpuUs: { get: [], post: [], large: [] },
    dispatchUs: { get: [], post: [], large: [] },
    peakRssMb: Number.NaN,
    allocatedBytes: Number.NaN,
  })) as [Side, ...Side[]];
  const [dispatch] = heat;
  for (const call of CALL_KINDS) await runRounds(heat, call, plan);
  for (const side of heat) for (const call of CALL_KINDS) side.dispatchUs[call].push(...dispatch.cpuUs[call]);
  await measureMemory(heat, allocationCalls);
  return heat;
}

/** One contender after the other in each round, there and back: what changes slowly concerns all alike. */
async function runRounds(heat: Heat, call: CallKind, { warmUpMs, rounds, sliceMs }: Heats): Promise<void> {
  const calls = new Map<Side, number>();
  for (const side of heat) {
    const sharing = side.contender === 'dispatch' ? 1 : heat.length - 1;
    const forMs = warmUpMs / sharing / (call === CALL_KINDS[0] ? 1 : 2);
    calls.set(side, Math.ceil(sliceMs * (await warmUp(side.process, call, IN_FLIGHT, forMs))));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? heat : heat.toReversed()) {
      const many = calls.get(side) ?? 1;
      const { cpuUs } = await side.process.run({ kind: 'load', call, calls: many, inFlight: IN_FLIGHT });
      side.cpuUs[call].push(cpuUs / many);
    }
  }
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
