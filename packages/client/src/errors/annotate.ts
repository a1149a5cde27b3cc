import { brandOf } from './brand.ts';
import type { CallFacts } from './call-facts.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

const REDIRECT =
  'serverUrl (CONDUCTOR_SERVER_URL) is most likely not the final address: use `location`, or look for a login page or gateway in front of it.';

/** The transport knows no Conductor: which setting its error speaks of can only be said here. */
const HINTS: Readonly<Record<string, string>> = {
  DNS_FAILED: 'Check the host in serverUrl (CONDUCTOR_SERVER_URL), and the DNS of this machine.',
  CONNECT_REFUSED:
    'Check that the server runs and listens where serverUrl (CONDUCTOR_SERVER_URL) points; `addresses` lists what was tried.',
  TLS_REQUIRED: 'Begin serverUrl (CONDUCTOR_SERVER_URL) with https://, or give the port that speaks plain HTTP.',
  REDIRECT_REFUSED: REDIRECT,
  REDIRECT_LIMIT: REDIRECT,
};

/**
 * Says on an error of the layers below which call it ended. Fields that the error has already are kept. An error
 * that none of the packages made (a custom fetch rejected) becomes the cause of one of ours.
 */
export function annotate(error: unknown, facts: CallFacts): unknown {
  if (!brandOf(error)) return annotate(fetchFailed(error, facts), facts);
  const { code, proxy } = error as { code?: unknown; proxy?: unknown };
  // Where a proxy cannot be reached, serverUrl is not what to look at.
  const hint = proxy === undefined ? HINTS[String(code)] : undefined;
  if (hint !== undefined) add(error as object, 'hint', hint);
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
    hint: 'The fetch function rejected, for the reason in `cause`. Check serverUrl (CONDUCTOR_SERVER_URL), and that the server can be reached.',
  });
}
