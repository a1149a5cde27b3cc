import type { InFlightResult } from '../results.ts';
import type { Protocol } from '../start-responder.ts';
import { spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

/** What a call costs beside few and beside many others. */
export async function measureInFlight(lab: Lab, protocol: Protocol): Promise<InFlightResult[]> {
  return withContenders(lab, ['groups', 'dispatch'], protocol, async (contenders) => {
    const results: InFlightResult[] = [];
    for (const inFlight of lab.plan.inFlight) {
      // With thousands in flight each has to make a few calls, or filling and emptying the queue is all that is seen.
      const calls = Math.max(Math.ceil(lab.plan.callsPerRound / 2), inFlight * 2);
      const cpuUs = async (name: 'groups' | 'dispatch'): Promise<number> => {
        const result = await contenders.get(name)?.run({ kind: 'load', call: 'get', calls, inFlight });
        return (result?.cpuUs ?? Number.NaN) / calls;
      };
      const groups: number[] = [];
      const dispatch: number[] = [];
      await cpuUs('groups');
      await cpuUs('dispatch');
      for (let round = 0; round < Math.ceil(lab.plan.rounds / 3); round += 1) {
        groups.push(await cpuUs('groups'));
        dispatch.push(await cpuUs('dispatch'));
      }
      results.push({ protocol, inFlight, groupsUs: spreadOf(groups), dispatchUs: spreadOf(dispatch) });
    }
    return results;
  });
}
