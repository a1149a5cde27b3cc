import { collectGarbage } from './collect-garbage.ts';

/** What a run may leave lying around before it is looked at without its garbage. */
const GARBAGE_BYTES = 64 * 1_048_576;

/**
 * How far the memory that the process needs rises while something runs, in bytes. Looked at every few milliseconds. Where it has risen far, garbage
 * is collected first: how much of that lies around is a matter of how fast the machine is.
 */
export async function peakGrowth(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  collectGarbage();
  const before = used();
  let peak = before;
  const look = (): void => {
    if (used() - before > GARBAGE_BYTES) collectGarbage();
    peak = Math.max(peak, used());
  };
  const timer = setInterval(look, 2);
  try {
    await work();
    look();
  } finally {
    clearInterval(timer);
  }
  return peak - before;
}
