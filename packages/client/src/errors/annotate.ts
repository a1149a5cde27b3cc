import { brandOf } from './brand.ts';
import type { CallFacts } from './call-facts.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/**
 * Says on an error of the layers below which call it ended. Fields that the error has already are kept. An error
 * that none of the packages made (a custom fetch rejected) becomes the cause of one of ours. `isAnswered`: an answer has come.
 */
export function annotate(error: unknown, facts: CallFacts, isAnswered: boolean): unknown {
  if (!brandOf(error)) return annotate(fetchFailed(error, facts, isAnswered), facts, isAnswered);
  const { hint, proxy } = error as { hint?: unknown; proxy?: unknown };
  // The transport knows no Conductor: which setting its error speaks of can only be said here. Where a proxy cannot be
  // reached, it is not this one.
  if (typeof hint === 'string' && proxy === undefined) {
    add(error as object, 'hint', hint.replace(/\bthe URL\b/i, 'serverUrl (CONDUCTOR_SERVER_URL)'));
  }
  for (const [field, value] of Object.entries(facts)) {
    if (value === undefined || Reflect.get(error as object, field) !== undefined) continue;
    add(error as object, field, value);
  }
  return error;
}

/** Frozen errors stay as they are. */
export function add(error: object, field: string, value: unknown): void {
  Reflect.defineProperty(error, field, { value, enumerable: true, writable: true, configurable: true });
}

function fetchFailed(cause: unknown, facts: CallFacts, isAnswered: boolean): ConductorSdkError {
  const [says, hint] = isAnswered ? ANSWERED : UNANSWERED;
  const error = new ConductorSdkError(`${facts.operation} failed: ${says}`, cause, { code: 'FETCH_FAILED', hint });
  if (isAnswered) add(error, 'mayHaveBeenProcessed', true);
  else if (isUnsent(cause, facts)) add(error, 'requestSent', false);
  return error;
}

const UNANSWERED = [
  'the request got no answer',
  'The fetch function rejected: see `cause`. Check serverUrl (CONDUCTOR_SERVER_URL) and the server.',
] as const;
const ANSWERED = [
  'its answer was not taken',
  'An interceptor, or what reads the answer, threw: see `cause`. The request may have been processed: look before sending it again.',
] as const;

/** The fetch says so, or the retry layer has found it out for each attempt. */
function isUnsent(cause: unknown, { attempts, failures = [] }: CallFacts): boolean {
  const { requestSent } = Object(cause) as { requestSent?: unknown };
  const unsent = failures.filter(({ outcome }) => outcome === 'unsent').length;
  return requestSent === false || (unsent > 0 && unsent === attempts);
}
