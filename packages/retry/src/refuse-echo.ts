import { AmbiguousRequestError } from './ambiguous-request-error.ts';
import type { CallProfile } from './call-profile.ts';
import { MAX_ERROR_BODY_BYTES } from './classify-answer.ts';
import type { History } from './history.ts';
import type { Interruption } from './interruption.ts';
import { readStart } from './read-answer.ts';
import { mayBeEcho } from './replay.ts';

/**
 * An error answer that may be the echo of what an earlier attempt did is none for the caller: it is in doubt.
 *
 * @throws AmbiguousRequestError with that answer, its body read.
 */
export async function refuseEcho(
  response: Response,
  { isRead, operation }: CallProfile,
  { doubt, doubtCause: cause, failures }: History,
  { attempts, bodyIsRead }: { readonly attempts: number; readonly bodyIsRead: boolean },
  interruption: Interruption,
): Promise<void> {
  if (isRead || !mayBeEcho(response.status, doubt)) return;
  const kept = bodyIsRead ? response : await interruption.wait(readStart(response, MAX_ERROR_BODY_BYTES));
  throw new AmbiguousRequestError({ operation, attempts, failures, cause, response: kept });
}
