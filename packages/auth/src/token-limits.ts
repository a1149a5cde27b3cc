/** How long a token is used when its own expiry says nothing shorter. Orkes tokens live an hour or more. */
export const TOKEN_TTL_MS = 2_700_000;

/** Longest pause between two attempts to get a token; the pause doubles from one second. */
export const MAX_AUTH_BACKOFF_MS = 60_000;

/** Failures in a row from which the trouble is logged as an error, and not as a warning. */
export const MAX_AUTH_FAILURES = 5;

/** A refresh begins at this share of a token's life, so that the old token covers a slow or failing endpoint. */
export const REFRESH_AT_SHARE = 0.8;

/** Pause after refused credentials, or after a server without token endpoint: neither changes from second to second. */
export const REPROBE_INTERVAL_MS = 30_000;

/** A token refused by the server within this age was never any good: the first calls with it have just been answered. */
export const YOUNG_TOKEN_MS = 1_000;

/** So many refused young tokens in a row are replaced at once: a server may well end its tokens several times in a few seconds. */
export const MAX_QUICK_REPLACEMENTS = 10;

/** The clocks are looked at this often at least: timers stand still while a laptop sleeps, or when the clock is set. */
export const MAX_TICK_MS = 30_000;

/** ... and no more often than this. */
export const MIN_TICK_MS = 100;

/** Longest token taken. Servers refuse headers far below this. */
export const MAX_TOKEN_LENGTH = 65_536;

/** Longest answer of the token endpoint that is read. */
export const MAX_ANSWER_BYTES = 131_072;

/** Pause after the nth failure in a row: 1, 2, 4 ... 60 s. */
export function backoffMs(failures: number): number {
  // The exponent is capped as well: 2 ** 1024 is Infinity, and Infinity * 0 is NaN.
  return Math.min(1_000 * 2 ** Math.min(failures - 1, 16), MAX_AUTH_BACKOFF_MS);
}
