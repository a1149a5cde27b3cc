/** What is known about the traffic of a connection. Times are monotonic milliseconds. */
export interface Traffic {
  bytes: number;
  /** When `bytes` was last seen to change. */
  heardAt: number;
  /** When a probe went out that nothing has come back for; 0 = none is out. */
  probedAt: number;
}

export type SilenceStep = 'wait' | 'probe' | 'dead';

/**
 * Is the other side still there? TCP alone can take a quarter of an hour to notice that it is not, and every call put on the connection until
 * then is lost. A connection is dead when nothing at all, not even the answer to a probe, has come in for the grace time after the probe.
 * A long poll is safe: the probe is answered below it.
 */
export function listen(
  traffic: Traffic,
  bytes: number,
  now: number,
  limits: { readonly intervalMs: number; readonly graceMs: number },
): SilenceStep {
  if (bytes !== traffic.bytes) {
    traffic.bytes = bytes;
    traffic.heardAt = now;
    traffic.probedAt = 0;
    return 'wait';
  }
  if (limits.intervalMs === 0) return 'wait';
  if (traffic.probedAt === 0) return now - traffic.heardAt >= limits.intervalMs ? 'probe' : 'wait';
  return now - traffic.probedAt >= limits.graceMs ? 'dead' : 'wait';
}
