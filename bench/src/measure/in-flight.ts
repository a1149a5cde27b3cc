import type { InFlightResult } from '../results.ts';
import type { Protocol } from '../start-responder.ts';
import { spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

/** Where it is warmed up. */
const USUAL = 32;

/** What a call costs beside few and beside many others. */
export async function measureInFlight(lab: Lab, protocol: Protocol): Promise<InFlightResult[]> {
  return withContenders(lab, ['groups', 'dispatch'], protocol, async (contenders) => {
    const { plan } = lab;
    const levels = plan.inFlight.map((inFlight) => ({
      inFlight,
      // With thousands in flight each has to make a few calls, or filling and emptying the queue is all that is seen.
      calls: Math.max(plan.callsPerRound, inFlight * 2),
      cpuUs: { groups: [] as number[], dispatch: [] as number[] },
    }));
    const names = ['groups', 'dispatch'] as const;
    for (const name of names)
      await contenders.get(name)?.run({ kind: 'load', call: 'get', calls: plan.warmUpCalls / 2, inFlight: USUAL });
    // Level after level in each round: a process that is still getting faster would make the first level the dearest.
    for (let round = 0; round < plan.inFlightRounds; round += 1)
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
