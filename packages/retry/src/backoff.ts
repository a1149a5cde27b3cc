/** Our own waits never grow past this, whatever the number of retries. */
export const MAX_BACKOFF_MS = 60_000;

/** `0.1`: a tenth more or less. `'full'`: anything from 0 to the whole wait. */
export type Jitter = number | 'full';

/** After a failed transport: 1, 2, 3 … times the initial delay. `retry` counts from 1, `random` is in [0, 1). */
export function transportBackoffMs(retry: number, initialMs: number, jitter: Jitter, random: number): number {
  return spread(Math.min(initialMs * retry, MAX_BACKOFF_MS), jitter, random);
}

/** After a 429: 1, 2, 4, 8, 16 … times the initial delay. */
export function rateLimitBackoffMs(retry: number, initialMs: number, jitter: Jitter, random: number): number {
  return spread(Math.min(initialMs * 2 ** (retry - 1), MAX_BACKOFF_MS), jitter, random);
}

/** A wait the server asked for is only made longer: up to a tenth, so that all who were told the same do not return together. */
export function atLeast(hintMs: number, random: number): number {
  return Math.round(hintMs * (1 + 0.1 * random));
}

function spread(delayMs: number, jitter: Jitter, random: number): number {
  if (jitter === 'full') return Math.round(delayMs * random);
  return Math.round(delayMs * (1 + jitter * (2 * random - 1)));
}
