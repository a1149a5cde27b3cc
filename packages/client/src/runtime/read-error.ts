import { parseRetryAfter } from '@conductor-ts/retry';
import type { CallFacts } from '../errors/call-facts.ts';
import { type ApiAnswer, ConductorApiError, type ValidationProblem } from '../errors/conductor-api-error.ts';
import { apiErrorKind, DOUBT_HINT, GATEWAY_HINT, mayBeDone } from '../errors/api-error-kinds.ts';
import type { RequestProblem } from '../errors/invalid-request-error.ts';
import { UnsupportedByServerError } from '../errors/unsupported-by-server-error.ts';
import type { ServerFamily } from '../server-family.ts';
import { lackingFamily } from './lacking-family.ts';
import type { Operation } from './operation.ts';
import type { Redact } from './read-answer.ts';

/** Far more than any explanation takes: to parse and to search what a hostile server sends beyond it would hold up everybody else. */
const LOOKED_AT_LENGTH = 262_144;
/** Bounds of what an error keeps of the server's words, so that logging it stays cheap. */
const MESSAGE_LENGTH = 600;
const PROBLEM_COUNT = 8;
const PROBLEM_LENGTH = 100;
const CODE_LENGTH = 100;

/** Conductor answers JSON: a page of HTML is from the HTTP layer below it or from a gateway before it. */
const HTTP_LAYER_HINT =
  'The request was refused before Conductor saw it: check names and ids (no slash or backslash on the open-source server), the length of URL and headers (8 KiB there), and gateways.';

/** What is known of the request that was refused. */
export interface RefusedRequest {
  readonly facts: CallFacts;
  /** Another one like it does no harm. */
  readonly mayRepeat: boolean;
  readonly sentBytes: number | undefined;
  /** What some servers refuse it for. */
  readonly problem: RequestProblem | undefined;
}

/** The error for an answer that is not a success. `whole`: its body. */
export async function readError(
  operation: Operation,
  response: Response,
  whole: string,
  { facts, mayRepeat, sentBytes, problem }: RefusedRequest,
  redact: Redact,
  learnFamily: () => Promise<ServerFamily>,
): Promise<ConductorApiError> {
  const text = whole.slice(0, LOOKED_AT_LENGTH);
  const isInDoubt = !mayRepeat && mayBeDone(response.status);
  const answer: ApiAnswer = {
    ...readApiAnswer(response, text, redact),
    sentBytes,
    ...(isInDoubt && { retryable: false, mayHaveBeenProcessed: true }),
  };
  const lacking = await lackingFamily(operation, answer.status, learnFamily);
  if (lacking !== undefined) return new UnsupportedByServerError(answer, facts, lacking);
  return new ConductorApiError(answer, facts, {
    ...apiErrorKind(answer.status),
    ...(isInDoubt ? { hint: DOUBT_HINT } : hintFor(answer.status, text, problem)),
  });
}

/** Conductor explains these in JSON, always. */
const REFUSALS: readonly number[] = [401, 403];
/** These it may answer without a word, but not with a web page. */
const MISSES: readonly number[] = [404, 405];

/** Bad request, URI too long, header fields too large. */
const MALFORMED: readonly number[] = [400, 414, 431];

/** The most likely reason where the server, or what stands before it, finds the very request malformed. */
function hintFor(status: number, text: string, problem: RequestProblem | undefined): { hint?: string } {
  if (REFUSALS.includes(status) && asObject(text) === undefined) return { hint: GATEWAY_HINT };
  if (MISSES.includes(status) && isWebPage(text)) return { hint: GATEWAY_HINT };
  if (!MALFORMED.includes(status)) return {};
  if (problem !== undefined) return { hint: `${problem.path}: ${problem.advice}` };
  return isWebPage(text) ? { hint: HTTP_LAYER_HINT } : {};
}

function isWebPage(text: string): boolean {
  return text.trimStart().startsWith('<');
}

/** Line breaks would forge lines of a log, and escapes move the cursor of a terminal. */
const UNPRINTABLE = /\p{C}+/gu;

type Bounded = (value: unknown, length?: number) => string | undefined;

function readApiAnswer(response: Response, text: string, redact: Redact): ApiAnswer {
  const body = asObject(text);
  // Redacted before it is cut: half a secret would not be recognised.
  const bounded: Bounded = (value, length = MESSAGE_LENGTH) =>
    typeof value === 'string' && value !== '' ? redact(value).slice(0, length).replaceAll(UNPRINTABLE, ' ') : undefined;
  return {
    status: response.status,
    // Some answers say application/json and are bare text; a page of HTML says nothing to a reader.
    serverMessage: body ? bounded(body['message']) : isWebPage(text) ? undefined : bounded(text),
    serverCode: bounded(body?.['error'], CODE_LENGTH),
    validationErrors: validationProblems(body?.['validationErrors'], bounded),
    retryable: typeof body?.['retryable'] === 'boolean' ? body['retryable'] : undefined,
    retryAfterMs: parseRetryAfter(response.headers.get('retry-after') ?? '', Date.now()),
    requestId: bounded(requestIdOf(response), CODE_LENGTH),
    headers: () => response.headers,
  };
}

/** Given by gateways mostly: the servers themselves send none. */
export function requestIdOf({ headers }: Response): string | undefined {
  return headers.get('x-request-id') ?? headers.get('x-correlation-id') ?? undefined;
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function validationProblems(value: unknown, bounded: Bounded): readonly ValidationProblem[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, PROBLEM_COUNT).map((problem: Readonly<Record<string, unknown>> | null) => ({
    path: bounded(problem?.['path'], PROBLEM_LENGTH),
    message: bounded(problem?.['message'], PROBLEM_LENGTH),
  }));
}
