import { ageMs, type Instant } from './clock.ts';
import type { MintFailure } from './mint-failure.ts';
import type { Answer, Asked, Minted, Rejected, Report, ServerMode, TokenEffect, TokenEvent } from './token-events.ts';
import {
  backoffMs,
  MAX_AUTH_BACKOFF_MS,
  MAX_AUTH_FAILURES,
  MAX_QUICK_REPLACEMENTS,
  MAX_TICK_MS,
  MIN_TICK_MS,
  REPROBE_INTERVAL_MS,
  YOUNG_TOKEN_MS,
} from './token-limits.ts';

export interface HeldToken {
  readonly value: string;
  readonly mintedAt: Instant;
  /** From this age on a new one is fetched while this one goes on serving. */
  readonly refreshAfterMs: number;
  /** From this age on a new one is waited for. */
  readonly lifeMs: number;
  /** Its age when the server first refused it. */
  readonly rejectedAtAgeMs?: number | undefined;
}

/** Everything a token manager knows. Changed only by `stepTokenLife`. */
export interface TokenLife {
  readonly mode: ServerMode;
  readonly token?: HeldToken | undefined;
  /** Tokens obtained so far. */
  readonly generation: number;
  readonly minting: boolean;
  /** No attempt before this instant of the monotonic clock. */
  readonly pausedUntilMs: number;
  /** Failed attempts in a row. */
  readonly failures: number;
  readonly failingSinceMs: number;
  readonly lastFailure?: MintFailure | undefined;
  /** Tokens in a row that were of no use: refused while young, or expired on arrival. */
  readonly useless: number;
}

export const NEW_LIFE: TokenLife = {
  mode: 'unknown',
  generation: 0,
  minting: false,
  pausedUntilMs: -Infinity,
  failures: 0,
  failingSinceMs: 0,
  useless: 0,
};

export interface Step {
  readonly life: TokenLife;
  readonly effects: readonly TokenEffect[];
}

/** A caller that ran out of time while the very first attempt was still under way. */
const NO_ANSWER_YET: MintFailure = { kind: 'transient', code: 'AUTH_ENDPOINT_TIMEOUT' };

export function shouldRefresh(token: HeldToken, now: Instant): boolean {
  return token.rejectedAtAgeMs !== undefined || ageMs(token.mintedAt, now) >= token.refreshAfterMs;
}

export function mustRefresh(token: HeldToken, now: Instant): boolean {
  return token.rejectedAtAgeMs !== undefined || ageMs(token.mintedAt, now) >= token.lifeMs;
}

/** The whole life of a token: what happened, and when, decides what becomes of it and what is to be done. No I/O, no clock, no chance. */
export function stepTokenLife(life: TokenLife, event: TokenEvent, now: Instant): Step {
  switch (event.type) {
    case 'asked':
      return asked(life, event, now);
    case 'rejected':
      return rejected(life, event, now);
    case 'tick':
      return life.token !== undefined && shouldRefresh(life.token, now) && canMint(life, now)
        ? mintAnd(life)
        : step(life);
    case 'minted':
      return minted(life, event, now);
    case 'failed':
      return failed(life, event.failure, now);
    case 'abandoned':
      return step({ ...life, minting: false });
  }
}

/** When the background should look again: when the token is due, but often enough to notice that a clock has jumped. */
export function nextTickMs(life: TokenLife, now: Instant): number {
  const { token } = life;
  if (token === undefined) return MAX_TICK_MS;
  const dueInMs = token.refreshAfterMs - ageMs(token.mintedAt, now);
  const pauseMs = life.pausedUntilMs - now.monotonicMs;
  return Math.min(Math.max(dueInMs, pauseMs, MIN_TICK_MS), MAX_TICK_MS);
}

function canMint(life: TokenLife, now: Instant): boolean {
  return !life.minting && now.monotonicMs >= life.pausedUntilMs;
}

function step(life: TokenLife, ...effects: TokenEffect[]): Step {
  return { life, effects };
}

function mintAnd(life: TokenLife, ...answer: Answer[]): Step {
  return step({ ...life, minting: true }, { do: 'mint' }, ...answer);
}

function give(life: TokenLife, token: string | undefined): Step {
  return step(life, { do: 'give', token });
}

function refuse(life: TokenLife, failure: MintFailure): Step {
  return step(life, { do: 'refuse', failure, failures: life.failures });
}

/** Joins the attempt under way, or begins one: the single flight. */
function awaitMint(life: TokenLife): Step {
  return life.minting ? step(life, { do: 'await-mint' }) : mintAnd(life, { do: 'await-mint' });
}

function asked(life: TokenLife, event: Asked, now: Instant): Step {
  if (life.mode === 'oss') return give(life, undefined);
  const { token } = life;
  if (token === undefined) return askedWithoutToken(life, event, now);
  if (!mustRefresh(token, now)) {
    const early = shouldRefresh(token, now) && canMint(life, now);
    return early ? mintAnd(life, { do: 'give', token: token.value }) : give(life, token.value);
  }
  if (!event.waited && (life.minting || canMint(life, now))) return awaitMint(life);
  // Refused by the server, and the key that it came from as well: no call can succeed with it.
  if (token.rejectedAtAgeMs !== undefined && life.lastFailure?.kind === 'credentials' && !life.minting) {
    return refuse(life, life.lastFailure);
  }
  // No new one to be had now. Our idea of its life is cautious, so the old one may still work; the server decides.
  return give(life, token.value);
}

function askedWithoutToken(life: TokenLife, event: Asked, now: Instant): Step {
  if (event.waited && now.monotonicMs >= event.deadlineMs) return refuse(life, life.lastFailure ?? NO_ANSWER_YET);
  if (life.minting || canMint(life, now)) return awaitMint(life);
  const failure = life.lastFailure ?? NO_ANSWER_YET;
  // A wait that outlives the deadline only delays the bad news.
  if (failure.kind !== 'transient' || life.pausedUntilMs >= event.deadlineMs) return refuse(life, failure);
  return step(life, { do: 'sleep', untilMs: life.pausedUntilMs });
}

function rejected(before: TokenLife, event: Rejected, now: Instant): Step {
  const { token } = before;
  const isCurrent = token?.value === event.token;
  // A late refusal of an earlier token: the current one has not been tried yet, so it costs no new one.
  if (token !== undefined && !isCurrent && token.rejectedAtAgeMs === undefined) return give(before, token.value);
  const life: TokenLife =
    isCurrent && token.rejectedAtAgeMs === undefined
      ? { ...before, token: { ...token, rejectedAtAgeMs: Math.max(ageMs(token.mintedAt, now), 0) } }
      : before;
  if (!event.waited && (life.minting || canMint(life, now))) return awaitMint(life);
  // Still in backoff: the 401 goes back to the caller. A replay would carry the token just refused.
  return give(life, undefined);
}

function minted(before: TokenLife, event: Minted, now: Instant): Step {
  const previous = before.token;
  const sameRefused = previous?.value === event.token && previous.rejectedAtAgeMs !== undefined;
  const uselessNow = event.lifeMs <= 0 || sameRefused;
  const previousUseless = previous?.rejectedAtAgeMs !== undefined && previous.rejectedAtAgeMs < YOUNG_TOKEN_MS;
  const useless = uselessNow || previousUseless ? before.useless + 1 : 0;
  const life: TokenLife = {
    ...NEW_LIFE,
    mode: event.mode,
    generation: before.generation + 1,
    useless,
    pausedUntilMs: now.monotonicMs + uselessPauseMs(useless, uselessNow),
    token: {
      value: event.token,
      mintedAt: now,
      refreshAfterMs: event.refreshAfterMs,
      lifeMs: event.lifeMs,
      rejectedAtAgeMs: sameRefused ? 0 : undefined,
    },
  };
  const what = before.failures > 0 ? 'recovered' : 'minted';
  const sinceMs = before.failures > 0 ? now.monotonicMs - before.failingSinceMs : 0;
  return step(life, { do: 'report', what, failures: before.failures, sinceMs });
}

/** A server that gives tokens and refuses them would otherwise cause one mint a call. In the pause the token at hand is used. */
function uselessPauseMs(useless: number, uselessNow: boolean): number {
  if (uselessNow) return backoffMs(useless);
  return useless < MAX_QUICK_REPLACEMENTS ? 0 : backoffMs(useless - MAX_QUICK_REPLACEMENTS + 1);
}

function failed(before: TokenLife, failure: MintFailure, now: Instant): Step {
  // Only while no token was ever obtained: afterwards a 404 is a gateway in trouble, not another kind of server.
  if (failure.kind === 'no-endpoint' && before.generation === 0) {
    const life: TokenLife = { ...NEW_LIFE, mode: 'oss', pausedUntilMs: now.monotonicMs + REPROBE_INTERVAL_MS };
    if (before.mode === 'oss') return step(life);
    return step(life, { do: 'report', what: 'no-endpoint', failures: 0, sinceMs: 0, failure });
  }
  const failures = before.failures + 1;
  const life: TokenLife = {
    ...before,
    minting: false,
    failures,
    lastFailure: failure,
    failingSinceMs: failures === 1 ? now.monotonicMs : before.failingSinceMs,
    pausedUntilMs: now.monotonicMs + failurePauseMs(failures, failure),
  };
  const sinceMs = now.monotonicMs - life.failingSinceMs;
  return step(life, { do: 'report', what: howNew(before, life), failures, sinceMs, failure });
}

function failurePauseMs(failures: number, failure: MintFailure): number {
  if (failure.kind === 'credentials') return REPROBE_INTERVAL_MS;
  return Math.min(Math.max(backoffMs(failures), failure.retryAfterMs ?? 0), MAX_AUTH_BACKOFF_MS);
}

/** The first failure, another kind of failure, and every fifth are worth a line; the rest are detail. */
function howNew(before: TokenLife, after: TokenLife): Report['what'] {
  if (after.failures % MAX_AUTH_FAILURES === 0) return 'still-failing';
  return before.failures === 0 || before.lastFailure?.code !== after.lastFailure?.code ? 'failing' : 'failed-again';
}
