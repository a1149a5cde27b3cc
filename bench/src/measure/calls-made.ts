import type { CallsMadeResult } from '../results.ts';
import { type Lab, withContenders } from './lab.ts';

const IN_FLIGHT = 32;

/** Whether a call costs more when the process has made many before. */
export async function measureCallsMade(lab: Lab): Promise<CallsMadeResult[]> {
  return withContenders(lab, ['groups', 'dispatch'], 'h1', async (contenders) => {
    const results: CallsMadeResult[] = [];
    let made = 0;
    const last = lab.plan.callsMade.at(-1) ?? 0;
    for (const callsMade of lab.plan.callsMade) {
      // Of a long way only the end is compared with bare dispatch, over as many calls.
      const calls = callsMade - made;
      const ours = await contenders.get('groups')?.run({ kind: 'load', call: 'get', calls, inFlight: IN_FLIGHT });
      const few = Math.min(calls, Math.ceil(last / 50));
      const bare = await contenders
        .get('dispatch')
        ?.run({ kind: 'load', call: 'get', calls: few, inFlight: IN_FLIGHT });
      results.push({
        callsMade,
        cpuUs: (ours?.cpuUs ?? Number.NaN) / calls,
        dispatchUs: (bare?.cpuUs ?? Number.NaN) / few,
      });
      made = callsMade;
    }
    return results;
  });
}
