import { isReplayable, methodOf } from './attempt-request.ts';
import type { Call } from './call.ts';
import { isRead, mayRepeat, replayMark } from './replay.ts';
import type { RetryPolicy } from './retry-fetch-options.ts';

/** What the rules need to know of a call. Worked out when something went wrong: most calls never ask. */
export interface CallProfile {
  readonly operation: string;
  readonly method: string;
  readonly isSafe: boolean;
  readonly isRead: boolean;
  readonly mayRepeat: boolean;
  readonly bodyReplayable: boolean;
  readonly retriesAllowed: boolean;
}

export function profileOf(
  input: string | URL | Request,
  init: RequestInit | undefined,
  call: Call | undefined,
  policy: RetryPolicy,
): CallProfile {
  const method = methodOf(input, init);
  const mark = replayMark(call, method);
  return {
    operation: call?.operation ?? method,
    method,
    isSafe: mark === 'safe',
    isRead: isRead(mark, method),
    mayRepeat: mayRepeat(mark, call, call?.ambiguousWrites ?? policy.ambiguousWrites),
    bodyReplayable: isReplayable(init?.body),
    retriesAllowed: call?.retry !== false,
  };
}

/**
 * Of a call whose fetch has followed a redirect by itself. It may have been a 303, by which a server says that the write is done
 * (RFC 9110 section 15.4.4): an answer behind it, such as a 429 or a 401, says nothing of the write.
 */
export function afterRedirect(profile: CallProfile): CallProfile {
  return profile.mayRepeat ? profile : { ...profile, bodyReplayable: false };
}
