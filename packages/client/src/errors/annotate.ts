import { brandOf } from './brand.ts';
import type { CallFacts } from './call-facts.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** The transport knows no Conductor: which setting the redirect speaks of can only be said here. */
const REDIRECT_HINT =
  'serverUrl (CONDUCTOR_SERVER_URL) is most likely not the final address of the server: use that of `location`, or look for a login page or gateway in front of it.';

/**
 * Says on an error of the layers below which call it ended. Fields that the error has already are kept. An error
 * that none of the packages made (a custom fetch rejected) becomes the cause of one of ours.
 */
export function annotate(error: unknown, facts: CallFacts): unknown {
  if (!brandOf(error)) return annotate(fetchFailed(error, facts), facts);
  if (String(Reflect.get(error as object, 'code')).startsWith('REDIRECT_')) {
    Object.defineProperty(error, 'hint', {
      value: REDIRECT_HINT,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  for (const [field, value] of Object.entries(facts)) {
    if (value === undefined || Reflect.get(error as object, field) !== undefined) continue;
    Object.defineProperty(error, field, { value, enumerable: true, writable: true, configurable: true });
  }
  return error;
}

function fetchFailed(cause: unknown, facts: CallFacts): ConductorSdkError {
  return new ConductorSdkError(`${facts.operation} failed: the request got no answer`, cause, {
    code: 'FETCH_FAILED',
    hint: 'The fetch function in use rejected, for the reason in `cause`. Check serverUrl (CONDUCTOR_SERVER_URL) and that the server can be reached from here.',
  });
}
