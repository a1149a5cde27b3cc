/** Least time between two polls: many waiters must not become a load of their own. */
export const MIN_POLL_MS = 1_000;
/** Longest time between two polls where the caller names none. */
export const MAX_POLL_MS = 5_000;
const GROWTH = 1.5;

/** Wait after the poll with this number (from 1): as long as the caller says, or 1 s and half as much more each time, to 5 s. */
export function pollDelayMs(poll: number, pollMs: number | undefined): number {
  if (pollMs !== undefined) return Math.max(pollMs, MIN_POLL_MS);
  return Math.min(MIN_POLL_MS * GROWTH ** (poll - 1), MAX_POLL_MS);
}
