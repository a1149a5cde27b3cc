/** One broken rule, as the server lists it in a 400 answer. */
export interface ValidationProblem {
  readonly path: string;
  readonly message: string;
  readonly invalidValue?: string | undefined;
}

/** A refusal the engine wants answered with this status; the HTTP server turns it into an error body. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError';
  readonly status: number;
  readonly retryable: boolean;
  readonly validationErrors: readonly ValidationProblem[] | undefined;

  constructor(
    status: number,
    message: string,
    more: { retryable?: boolean; validationErrors?: readonly ValidationProblem[] } = {},
  ) {
    super(message);
    this.status = status;
    this.retryable = more.retryable ?? false;
    this.validationErrors = more.validationErrors;
  }
}

export function notFound(message: string): ServerError {
  return new ServerError(404, message);
}

export function conflict(message: string): ServerError {
  return new ServerError(409, message);
}

/** The real server answers 500 where the request could not be read or an inner check failed. */
export function internal(message: string): ServerError {
  return new ServerError(500, message);
}

export function badRequest(message: string): ServerError {
  return new ServerError(400, message);
}

/** A 400 with one entry per broken rule. */
export function validationFailed(problems: readonly ValidationProblem[]): ServerError {
  return new ServerError(400, 'Validation failed, check below errors for detail.', { validationErrors: problems });
}
