import { atLeast, type Jitter, rateLimitBackoffMs, transportBackoffMs } from './backoff.ts';
import type { Outcome } from './outcome.ts';

/** The numbers of the rule; the whole options have them too. */
export interface DecisionPolicy {
  readonly maxTransportRetries: number;
  readonly maxRateLimitRetries: number;
  readonly initialRetryDelay: number;
  readonly maxRetryAfterMs: number;
  readonly jitter: Jitter;
  readonly retryServerErrors: boolean;
  readonly retryConnectTimeouts: boolean;
}

/** Where the call stands. Time and chance come in as values. */
export interface Situation {
  readonly policy: DecisionPolicy;
  /** The operation may be processed twice. */
  readonly mayRepeat: boolean;
  readonly bodyReplayable: boolean;
  /** `false`: the call switched its retries off. */
  readonly retriesAllowed: boolean;
  /** There is somebody to ask for a token, and the call has not been replayed with a fresh one yet. */
  readonly canRefresh: boolean;
  readonly transportRetries: number;
  readonly rateLimitRetries: number;
  readonly budgetAllows: boolean;
  /** Not too many calls wait out a 429 already. */
  readonly roomToWait: boolean;
  readonly nowMs: number;
  /** Infinity: none. */
  readonly deadlineMs: number;
  /** In [0, 1). */
  readonly random: number;
}

export type Refusal =
  | 'answered'
  | 'permanent'
  | 'timeout'
  | 'may-be-processed'
  | 'retries-off'
  | 'attempts'
  | 'retry-after'
  | 'deadline'
  | 'budget'
  | 'waiters'
  | 'body-not-replayable';

export type Wait = {
  readonly do: 'wait';
  readonly delayMs: number;
  readonly counts: 'transport' | 'rate-limit';
  /** The retry is paid for from the budget. */
  readonly costs: boolean;
};

export type Decision =
  /** Hand out the answer or the error of this attempt. */
  { readonly do: 'finish'; readonly because: Refusal } | { readonly do: 'refresh' } | Wait;

/** What to do after an attempt. Never sleeps, looks at no clock and rolls no dice. */
export function decideNext(outcome: Outcome, at: Situation): Decision {
  switch (outcome.kind) {
    case 'answered':
      return finish('answered');
    case 'token-rejected':
      return at.canRefresh ? { do: 'refresh' } : finish('answered');
    case 'permanent':
      return finish('permanent');
    case 'timeout':
      // A connect timeout has sent nothing, and is still a timeout: whoever set the limit wants to hear of it.
      if (outcome.sent || !at.policy.retryConnectTimeouts) return finish('timeout');
      return retry('transport', 0, true, at);
    case 'unsent':
      // A stream the peer refused costs it next to nothing: gRPC (A6) does not charge for it either.
      return retry('transport', 0, outcome.refusedByPeer !== true, at);
    case 'ambiguous':
      return at.mayRepeat ? retry('transport', 0, true, at) : finish('may-be-processed');
    case 'server-error':
      if (!at.policy.retryServerErrors || !at.mayRepeat) return finish('answered');
      return retry('transport', outcome.retryAfterMs ?? 0, true, at);
    case 'throttled':
      // The server has a budget of its own and has just spoken of it: ours is for failures nobody manages.
      return retry('rate-limit', outcome.retryAfterMs ?? 0, false, at);
  }
}

function retry(counts: Wait['counts'], hintMs: number, costs: boolean, at: Situation): Decision {
  const { policy, random } = at;
  const isThrottled = counts === 'rate-limit';
  const done = isThrottled ? at.rateLimitRetries : at.transportRetries;
  if (!at.retriesAllowed) return finish('retries-off');
  if (done >= (isThrottled ? policy.maxRateLimitRetries : policy.maxTransportRetries)) return finish('attempts');
  if (costs && !at.budgetAllows) return finish('budget');
  if (isThrottled && !at.roomToWait) return finish('waiters');
  const backoffMs = isThrottled ? rateLimitBackoffMs : transportBackoffMs;
  const ownMs = backoffMs(done + 1, policy.initialRetryDelay, policy.jitter, random);
  // Longer than anyone should sleep inside a call: the caller is told, with the wait, and decides.
  if (hintMs > policy.maxRetryAfterMs) return finish('retry-after');
  const delayMs = Math.max(ownMs, atLeast(hintMs, random));
  // A wait that outlives the deadline only delays the bad news.
  if (at.nowMs + delayMs >= at.deadlineMs) return finish('deadline');
  if (!at.bodyReplayable) return finish('body-not-replayable');
  return { do: 'wait', delayMs, counts, costs };
}

function finish(because: Refusal): Decision {
  return { do: 'finish', because };
}
