import { jwtExpiryMs } from './jwt-expiry.ts';
import { REFRESH_AT_SHARE, TOKEN_TTL_MS } from './token-limits.ts';

/** Clocks closer than this count as equal: the Date header has whole seconds, and the answer took a while. */
const TOLERATED_SKEW_MS = 30_000;
/** A token is given up this long before it expires, so that a call under way still arrives with it. */
const MAX_MARGIN_MS = 10_000;
/** Jitter of the refresh, so that processes started together do not refresh together. */
const JITTER_SHARE = 0.05;

/** A token just received, and what is known about its life. */
export interface ReceivedToken {
  readonly token: string;
  /** Expiry that the token function returned, in milliseconds since 1970. `Infinity`: never. */
  readonly expiresAtMs?: number | undefined;
  /** Date header of the answer: the server's clock. */
  readonly serverDateMs?: number | undefined;
}

export interface MeasuredLife {
  /** 0 or less: expired on arrival. */
  readonly lifeMs: number;
  readonly refreshAfterMs: number;
}

export interface LifePolicy {
  /** Longest time between two refreshes; 0 = the share of the life alone counts. */
  readonly refreshIntervalMs: number;
  /** True for tokens from the server, which live at most 45 minutes; a token function's own expiry may be longer. */
  readonly capped: boolean;
}

/** How long to use a token, as a span: from here on the server's clock and ours need not agree. `random` is in [0, 1). */
export function measureLife(received: ReceivedToken, policy: LifePolicy, nowMs: number, random: number): MeasuredLife {
  const lifeMs = lifeOf(received, policy, nowMs);
  const wishedMs = policy.refreshIntervalMs > 0 ? policy.refreshIntervalMs : Infinity;
  const jitter = 1 + JITTER_SHARE * (2 * random - 1);
  return { lifeMs, refreshAfterMs: Math.min(wishedMs, lifeMs * REFRESH_AT_SHARE) * jitter };
}

function lifeOf(received: ReceivedToken, policy: LifePolicy, nowMs: number): number {
  const capMs = policy.capped ? TOKEN_TTL_MS : Infinity;
  if (received.expiresAtMs !== undefined) return Math.min(withMargin(received.expiresAtMs - nowMs), capMs);
  const expiryMs = jwtExpiryMs(received.token);
  if (expiryMs === undefined) return TOKEN_TTL_MS;
  // A wrong clock here would make each token look expired, or none: `exp` was written by the server's clock.
  const skewMs = (received.serverDateMs ?? nowMs) - nowMs;
  const serverNowMs = Math.abs(skewMs) > TOLERATED_SKEW_MS ? nowMs + skewMs : nowMs;
  return Math.min(withMargin(expiryMs - serverNowMs), capMs);
}

/** Short-lived tokens give up a tenth, not ten seconds. */
function withMargin(remainingMs: number): number {
  return remainingMs - Math.min(MAX_MARGIN_MS, Math.max(remainingMs, 0) / 10);
}
