import type { InFlightResult } from '../results.ts';
import type { Protocol } from '../start-responder.ts';
import { spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';
import { warmUp } from './warm-up.ts';

/** Where it is warmed up. */
const USUAL = 32;
const WARM_UP_SLICES = 8;

/** What a call costs beside few and beside many others. */
export async function measureInFlight(lab: Lab, protocol: Protocol): Promise<InFlightResult[]> {
  return withContenders(lab, ['groups', 'dispatch'], protocol, async (contenders) => {
    const { inFlight: all, inFlightMs, inFlightRounds } = lab.plan;
    const names = ['groups', 'dispatch'] as const;
    const paces: number[] = [];
    for (const name of names) {
      const contender = contenders.get(name);
      if (contender !== undefined) paces.push(await warmUp(contender, 'get', USUAL, inFlightMs * WARM_UP_SLICES));
    }
    const levels = all.map((inFlight) => ({
      inFlight,
      // With thousands in flight each has to make a few calls, or filling and emptying the queue is all that is seen.
      calls: Math.ceil(Math.max(Math.min(...paces) * inFlightMs, inFlight * 3)),
      cpuUs: { groups: [] as number[], dispatch: [] as number[] },
    }));
    // Level after level in each round: a process that is still getting faster would make the first level the dearest.
    for (let round = 0; round < inFlightRounds; round += 1)
      for (const { inFlight, calls, cpuUs } of levels)
        for (const name of names) {
          const result = await contenders.get(name)?.run({ kind: 'load', call: 'get', calls, inFlight });
          cpuUs[name].push((result?.cpuUs ?? Number.NaN) / calls);
        }
    return levels.map(({ inFlight, cpuUs }) => ({
      protocol,
      inFlight,
      groupsUs: spreadOf(cpuUs.groups),
      dispatchUs: spreadOf(cpuUs.dispatch),
    }));
  });
}
