import type { BatchResult } from '../results.ts';
import { type Lab, withContenders } from './lab.ts';

/** The responder works on so many starts at a time, for so long each. */
const SLOTS = 50;
const DELAY_MS = 20;
/** More than it works on: the next one is there when an answer goes out, whatever the way there and back takes. */
const IN_FLIGHT = 100;

/** Many starts, never more in flight than the limit: how much of the responder's time is used? */
export async function measureBatch(lab: Lab): Promise<BatchResult> {
  const { responder, plan } = lab;
  const starts = plan.batchStarts;
  return withContenders(lab, ['groups', 'dispatch'], 'h1', async (contenders) => {
    const used = async (name: 'groups' | 'dispatch'): Promise<{ wallMs: number; used: number }> => {
      const contender = contenders.get(name);
      await responder.setPace({ delayMs: 0 });
      await contender?.run({
        kind: 'load',
        call: 'post',
        calls: Math.ceil(starts / 2),
        inFlight: IN_FLIGHT,
      });
      await responder.setPace({ delayMs: DELAY_MS, slots: SLOTS });
      const { wallMs = Number.NaN } =
        (await contender?.run({ kind: 'load', call: 'post', calls: starts, inFlight: IN_FLIGHT })) ?? {};
      const { workedMs } = await responder.takeStats();
      return { wallMs, used: workedMs / (SLOTS * wallMs) };
    };
    const ours = await used('groups');
    const bare = await used('dispatch');
    await responder.setPace({ delayMs: 0 });
    return { starts, limit: IN_FLIGHT, delayMs: DELAY_MS, ...ours, dispatchUsed: bare.used };
  });
}
