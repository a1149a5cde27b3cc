import type { CallKind } from '../payloads.ts';
import type { RunningContender } from '../start-contender.ts';

const FIRST_CALLS = 50;
/** A step of this length is long enough to tell the pace, and short enough to end in time. */
const STEP_MS = 100;

/** Makes calls for that time. @returns how many of them a millisecond takes by then */
export async function warmUp(
  contender: RunningContender,
  call: CallKind,
  inFlight: number,
  forMs: number,
): Promise<number> {
  const endMs = performance.now() + forMs;
  for (let calls = FIRST_CALLS; ;) {
    const { wallMs } = await contender.run({ kind: 'load', call, calls, inFlight });
    if (performance.now() >= endMs) return calls / wallMs;
    if (wallMs < STEP_MS) calls *= 2;
  }
}
