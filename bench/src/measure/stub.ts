import type { StubResult } from '../results.ts';
import { ratioOf, spreadOf } from '../statistics.ts';
import { type Lab, withContenders } from './lab.ts';

/** The retry layer alone, over a fetch that costs nothing. */
export async function measureStub(lab: Lab): Promise<StubResult> {
  // Any process will do; this one has loaded no other fetch.
  return withContenders(lab, ['global-fetch'], 'h1', async (contenders) => {
    const calls = lab.plan.stubCalls;
    const cpuUs = async (wrapped: boolean): Promise<number> => {
      const result = await contenders.get('global-fetch')?.run({ kind: 'stub', wrapped, calls });
      return (result?.cpuUs ?? Number.NaN) / calls;
    };
    const wrapped: number[] = [];
    const timer: number[] = [];
    await cpuUs(true);
    await cpuUs(false);
    for (let round = 0; round < lab.plan.stubRounds; round += 1) {
      wrapped.push(await cpuUs(true));
      timer.push(await cpuUs(false));
    }
    return { wrappedUs: spreadOf(wrapped), timerUs: spreadOf(timer), ratio: ratioOf(wrapped, timer) };
  });
}
