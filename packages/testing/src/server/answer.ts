import type { ServerError } from '../engine/server-error.ts';

/** What a route answers, before it is put on a wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: no body at all. */
  readonly body?: string | undefined;
}

/** The server names itself in every error body. */
const INSTANCE = 'conductor-test-server';

/** JSON goes out chunked, without a length and without a charset, as Spring's message converter writes it. */
export const jsonAnswer = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export const textAnswer = (text: string): Answer => typedAnswer('text/plain;charset=UTF-8', text);

export const typedAnswer = (contentType: string, body: string): Answer => withLength(200, contentType, body);

export const htmlAnswer = (html: string, status = 200): Answer =>
  withLength(status, status === 200 ? 'text/html' : 'text/html;charset=utf-8', html);

/** A `void` method of the server: 200, a length of 0, and no content type. */
export const emptyAnswer = (status = 200): Answer => ({ status, headers: { 'content-length': '0' } });

export const noContentAnswer: Answer = { status: 204, headers: {} };

type ErrorFacts = Pick<ServerError, 'status' | 'message' | 'retryable'> &
  Partial<Pick<ServerError, 'validationErrors'>>;

/** The server's ErrorResponse body. */
export function errorAnswer(error: ErrorFacts): Answer {
  const { status, message, retryable, validationErrors } = error;
  // Validation failures come from another mapper of the server, which leaves `instance` out.
  return jsonAnswer(
    validationErrors === undefined
      ? { status, message, instance: INSTANCE, retryable }
      : { status, message, retryable, validationErrors },
    status,
  );
}

export const plainError = (status: number, message: string): Answer =>
  errorAnswer({ status, message, retryable: false });

const withLength = (status: number, contentType: string, body: string): Answer => ({
  status,
  headers: { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) },
  body,
});
