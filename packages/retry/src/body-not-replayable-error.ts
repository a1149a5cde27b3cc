import { brand, isInstance } from './error-brand.ts';

export interface BodyNotReplayableErrorFields {
  readonly operation: string;
  readonly mayHaveBeenProcessed: boolean;
  readonly cause: unknown;
}

/** The attempt failed in a way that is retried, but the body was a stream and is used up. */
export class BodyNotReplayableError extends Error {
  override readonly name: string = 'BodyNotReplayableError';
  readonly code = 'BODY_NOT_REPLAYABLE';
  readonly hint: string = 'Pass the body as a string, bytes, Blob, URLSearchParams or FormData.';
  readonly operation: string;
  readonly mayHaveBeenProcessed: boolean;

  constructor(fields: BodyNotReplayableErrorFields) {
    super(`${fields.operation}: not retried, because a stream as body can be sent only once`, { cause: fields.cause });
    this.operation = fields.operation;
    this.mayHaveBeenProcessed = fields.mayHaveBeenProcessed;
    brand(this, ['BodyNotReplayableError']);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, BodyNotReplayableError, 'BodyNotReplayableError', value);
  }

  toJSON(): object {
    return { ...(this as object), message: this.message };
  }
}
