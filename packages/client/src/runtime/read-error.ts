import { parseRetryAfter } from '@conductor-ts/retry';
import type { CallFacts } from '../errors/call-facts.ts';
import { type ApiAnswer, ConductorApiError, type ValidationProblem } from '../errors/conductor-api-error.ts';
import { UnsupportedByServerError } from '../errors/unsupported-by-server-error.ts';
import type { Operation } from './operation.ts';
import type { Redact } from './read-answer.ts';

/** Bounds of what an error keeps of the server's words, so that logging it stays cheap. */
const MESSAGE_LENGTH = 600;
const PROBLEM_COUNT = 8;
const PROBLEM_LENGTH = 100;
const CODE_LENGTH = 100;

/** Which family a server is of, as far as it is known. */
export type ServerFamily = 'unknown' | 'oss' | 'orkes';

/** The error for an answer that is not a success. */
export async function readError(
  operation: Operation,
  response: Response,
  facts: CallFacts,
  sentBytes: number | undefined,
  redact: Redact,
  learnFamily: () => Promise<ServerFamily>,
): Promise<ConductorApiError> {
  const answer = { ...(await readApiAnswer(response, redact)), sentBytes };
  if (operation.server !== 'both' && (answer.status === 404 || answer.status === 405)) {
    // Concluded from the operation's mark and the family alone: a 404's wording proves nothing.
    const family = await learnFamily();
    if (family !== 'unknown' && family !== operation.server) return new UnsupportedByServerError(answer, facts, family);
  }
  return new ConductorApiError(answer, facts);
}

type Bounded = (value: unknown, length?: number) => string | undefined;

async function readApiAnswer(response: Response, redact: Redact): Promise<ApiAnswer> {
  const text = await response.text();
  const body = asObject(text);
  // Redacted before it is cut: half a secret would not be recognised.
  const bounded: Bounded = (value, length = MESSAGE_LENGTH) =>
    typeof value === 'string' && value !== '' ? redact(value).slice(0, length) : undefined;
  return {
    status: response.status,
    // Some answers say application/json and are bare text; a page of HTML says nothing to a reader.
    serverMessage: body ? bounded(body['message']) : text.trimStart().startsWith('<') ? undefined : bounded(text),
    serverCode: bounded(body?.['error'], CODE_LENGTH),
    validationErrors: validationProblems(body?.['validationErrors'], bounded),
    retryable: typeof body?.['retryable'] === 'boolean' ? body['retryable'] : undefined,
    retryAfterMs: parseRetryAfter(response.headers.get('retry-after') ?? '', Date.now()),
    requestId: bounded(response.headers.get('x-request-id') ?? response.headers.get('x-correlation-id'), CODE_LENGTH),
  };
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
