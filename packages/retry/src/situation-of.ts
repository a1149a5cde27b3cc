import type { CallProfile } from './call-profile.ts';
import type { Situation } from './decide-next.ts';
import { canAskForToken } from './fresh-token.ts';
import type { History } from './history.ts';
import type { Retrier } from './retrier.ts';
import type { Deadline } from './time-limit.ts';

/** Where a call stands now, for the rule: here the clock is read, the dice are rolled, and what the calls share is looked at. */
export function situationOf(
  retrier: Retrier,
  profile: CallProfile,
  history: History,
  origin: string,
  deadline: Deadline | undefined,
): Situation {
  const { policy, effects, budget, waiters } = retrier;
  return {
    ...profile,
    policy,
    canRefresh: !history.replayed && canAskForToken(retrier),
    transportRetries: history.transportRetries,
    rateLimitRetries: history.rateLimitRetries,
    budgetAllows: budget?.allows(origin) ?? true,
    roomToWait: waiters.count < policy.maxRateLimitWaiters,
    nowMs: effects.now(),
    deadlineMs: deadline?.atMs ?? Infinity,
    random: effects.random(),
  };
}
