import { AmbiguousRequestError } from './ambiguous-request-error.ts';
import { BodyNotReplayableError } from './body-not-replayable-error.ts';
import type { AttemptFailure } from './call.ts';
import type { CallProfile } from './call-profile.ts';
import type { Refusal } from './decide-next.ts';
import type { FailureOutcome } from './outcome.ts';

/** What the last attempt left, with all that is known of the call. */
export interface LastFailure {
  readonly outcome: FailureOutcome;
  readonly because: Refusal;
  readonly error: unknown;
  readonly profile: CallProfile;
  /** An earlier attempt may have been processed. `cause`: its error, where it ended with one. */
  readonly doubt: { readonly cause: unknown } | undefined;
  readonly attempts: number;
  readonly failures: readonly AttemptFailure[];
}

/** Which error the caller gets when there is no further attempt. */
export function finalFailure(last: LastFailure): unknown {
  const { outcome, error, attempts, failures } = last;
  const { operation, isSafe, isRead } = last.profile;
  const mayBeProcessed = outcome.kind === 'ambiguous' || (outcome.kind !== 'unsent' && outcome.sent);
  // A safe operation may simply be called again, and a failure that was sent says so itself.
  const mustTell = isSafe ? !mayBeProcessed && !isRead : true;
  if (mustTell && (mayBeProcessed || last.doubt !== undefined)) {
    const cause = mayBeProcessed ? error : (last.doubt?.cause ?? error);
    return new AmbiguousRequestError({ operation, attempts, failures, cause });
  }
  if (last.because === 'body-not-replayable') {
    return new BodyNotReplayableError({ operation, mayHaveBeenProcessed: mayBeProcessed, cause: error });
  }
  return error;
}
