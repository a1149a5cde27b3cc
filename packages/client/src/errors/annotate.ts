import { brandOf } from './brand.ts';
import type { CallFacts } from './call-facts.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/**
 * Says on an error of the layers below which call it ended. Fields that the error has already are kept. An error
 * that none of the packages made (a custom fetch rejected) becomes the cause of one of ours.
 */
export function annotate(error: unknown, facts: CallFacts): unknown {
  if (!brandOf(error)) return annotate(fetchFailed(error, facts), facts);
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

function add(error: object, field: string, value: unknown): void {
  Object.defineProperty(error, field, { value, enumerable: true, writable: true, configurable: true });
}

function fetchFailed(cause: unknown, facts: CallFacts): ConductorSdkError {
  return new ConductorSdkError(`${facts.operation} failed: the request got no answer`, cause, {
    code: 'FETCH_FAILED',
    hint: 'The fetch function rejected: see `cause`. Check serverUrl (CONDUCTOR_SERVER_URL) and the server.',
  });
}
