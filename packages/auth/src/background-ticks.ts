/** The timer behind the background refresh. It never keeps the process alive. */
export interface BackgroundTicks {
  start(): void;
  /** Plans the next tick anew, since something has changed. */
  reschedule(): void;
  stop(): void;
}

export function createBackgroundTicks(tick: () => void, nextTickMs: () => number): BackgroundTicks {
  let running = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = (): void => {
    clearTimeout(timer);
    if (!running) return;
    timer = setTimeout(() => {
      tick();
      plan();
    }, nextTickMs());
    // Browsers have no unref, and need none.
    (timer as { unref?: () => void }).unref?.();
  };
  return {
    start: () => {
      running = true;
      plan();
    },
    reschedule: plan,
    stop: () => {
      running = false;
      plan();
    },
  };
}
