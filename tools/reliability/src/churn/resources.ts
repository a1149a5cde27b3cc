/** What a process holds: to be compared before and after. */
export interface Resources {
  readonly heapMB: number;
  readonly handles: Readonly<Record<string, number>>;
}

/** Garbage is collected first where the process was started with --expose-gc. */
export async function resources(): Promise<Resources> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  const handles: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) {
    // Streams of the process itself.
    if (!/^(PipeWrap|TTYWrap|FSReqCallback|MessagePort)$/.test(kind)) handles[kind] = (handles[kind] ?? 0) + 1;
  }
  return { heapMB: Math.round(process.memoryUsage().heapUsed / 104_857.6) / 10, handles };
}
