import type { AnswerOutcome } from './outcome.ts';
import { type HeaderReader, retryAfterMs } from './retry-after.ts';

/** What the error body of an answer says, as far as a rule asks. Unreadable or unread: an empty object. */
export interface ErrorBody {
  readonly error?: unknown;
  readonly retryable?: unknown;
}

/** Bodies of errors are small. Reading stops here, so a hostile one costs this much and no more. */
export const MAX_ERROR_BODY_BYTES = 65_536;

/** For these codes a new token helps; every other one says that the caller may not do this. */
const REFRESH_CODES: ReadonlySet<unknown> = new Set(['EXPIRED_TOKEN', 'INVALID_TOKEN']);

/** Does the rule for this status look into the body? */
export function mustReadBody(status: number, retryServerErrors: boolean): boolean {
  return status === 401 || status === 403 || (retryServerErrors && isServerError(status));
}

/** Pure: an answer in, what is known about it out. The statuses that are not named here are the caller's to judge. */
export function classifyAnswer(status: number, headers: HeaderReader, body: ErrorBody, nowMs: number): AnswerOutcome {
  if (status === 401 || status === 403)
    return { kind: mayHelpRefresh(status, body.error) ? 'token-rejected' : 'answered', status };
  // Sent by servers of several vendors, and always right: they know.
  if (headers.get('x-should-retry') === 'false') return { kind: 'answered', status };
  if (status === 429) return { kind: 'throttled', status, retryAfterMs: retryAfterMs(headers, nowMs) };
  if (!isServerError(status) || body.retryable === false) return { kind: 'answered', status };
  // Conductor answers 500 to its own transient faults, and marks them; any other 500 is a bug that stays.
  if (status === 500 && body.retryable !== true) return { kind: 'answered', status };
  return { kind: 'server-error', status, retryAfterMs: status === 503 ? retryAfterMs(headers, nowMs) : undefined };
}

/** Reads JSON that may be anything. */
export function parseErrorBody(text: string): ErrorBody {
  if (!text.trimStart().startsWith('{')) return {};
  try {
    return JSON.parse(text) as ErrorBody;
  } catch {
    return {};
  }
}

function isServerError(status: number): boolean {
  return status === 500 || status === 502 || status === 503 || status === 504;
}

/** A 401 is about the token unless its code says otherwise; a 403 is about permissions unless its code says otherwise. */
function mayHelpRefresh(status: number, code: unknown): boolean {
  if (typeof code === 'string' && code !== '') return REFRESH_CODES.has(code);
  return status === 401;
}
