import { isUnbuildable, urlOf } from './attempt-request.ts';
import { classifyAnswer, MAX_ERROR_BODY_BYTES, mustReadBody, parseErrorBody } from './classify-answer.ts';
import { classifyBodyError, classifyError, isBareTypeError } from './classify-error.ts';
import { ignore } from './dropped-body.ts';
import type { Retrier } from './retrier.ts';
import { LostBody } from './read-answer.ts';
import type { AnswerOutcome, FailureOutcome, Outcome } from './outcome.ts';
import { peekBody } from './peek-body.ts';
import type { CallContext } from './retry-fetch-options.ts';

/** An attempt without an answer. */
export interface Failure {
  readonly error: unknown;
  /** It came after the headers of a success. */
  readonly inBody: boolean;
}

export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof LostBody) return { error: thrown.reason, inBody: true };
  return { error: thrown, inBody: false };
}

/** What a failed attempt leaves known. */
export function classifyFailure(
  failure: Failure | undefined,
  input: string | URL | Request,
  init: RequestInit | undefined,
): FailureOutcome {
  const error = failure?.error;
  if (failure?.inBody === true) return classifyBodyError(error);
  if (isBareTypeError(error) && isUnbuildable(input, init)) return { kind: 'permanent', sent: false };
  return classifyError(error, urlOf(input));
}

/** What an answer means. Looks into the body where the rule for its status asks for it, and leaves it whole. */
export async function classifyResponse(response: Response, { policy, effects }: Retrier): Promise<AnswerOutcome> {
  const { status, headers } = response;
  const isRead = mustReadBody(status, policy.retryServerErrors);
  const text = isRead ? await peekBody(response, MAX_ERROR_BODY_BYTES) : '';
  return classifyAnswer(status, headers, parseErrorBody(text), effects.wallClock());
}

/**
 * What the user's hook makes of an outcome. One that throws, or gives a promise, decides nothing: the call may have been carried out,
 * and its error must say so.
 */
export function overrule({ classify, logger }: Retrier, known: Outcome, context: CallContext): Outcome {
  try {
    const said = classify?.(known, context) ?? known;
    if ('kind' in said) return said;
    Promise.resolve<unknown>(said).catch(ignore);
  } catch {
    // The log says so.
  }
  logger?.warn('classify gave no outcome', { operation: context.operation });
  return known;
}
