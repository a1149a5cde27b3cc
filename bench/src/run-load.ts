import type { Contender } from './contenders/contender.ts';
import type { Load } from './jobs.ts';

/** As a program does that works through a list: each of `inFlight` callers makes its next call when it has its answer. */
export async function runLoad(contender: Contender, { call, calls, inFlight }: Load): Promise<void> {
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const value = await contender.call(call);
      if (value === undefined) throw new Error('An answer had no value');
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, caller));
}
