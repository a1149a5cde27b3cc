/** How far the memory of the process rises while something runs, in bytes. Looked at every few milliseconds. */
export async function peakGrowth(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let peak = before;
  const look = (): void => {
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
