import type { AttemptFailure } from './call.ts';
import { brand, isInstance } from './error-brand.ts';

export interface TimeoutErrorFields {
  readonly code: 'ATTEMPT_TIMEOUT' | 'TOTAL_TIMEOUT';
  readonly timeoutMs: number;
  readonly mayHaveBeenProcessed: boolean;
  readonly operation: string;
  readonly attempts: number;
  readonly failures: readonly AttemptFailure[];
}

const MESSAGES = {
  ATTEMPT_TIMEOUT: 'The attempt did not end within its timeout',
  TOTAL_TIMEOUT: 'The call did not end within its total timeout',
};

const HINTS = {
  ATTEMPT_TIMEOUT: 'Raise requestTimeoutMs (or timeoutMs of the call) if the server needs longer; 0 means no limit.',
  TOTAL_TIMEOUT: 'Raise totalTimeoutMs: it covers token, attempts, waits and body.',
};

/** A limit of time of ours ran out. Never retried: the server may still be at work. */
export class TimeoutError extends Error {
  override readonly name: string = 'TimeoutError';
  declare readonly code: 'ATTEMPT_TIMEOUT' | 'TOTAL_TIMEOUT';
  readonly hint: string;
  declare readonly timeoutMs: number;
  declare readonly mayHaveBeenProcessed: boolean;
  declare readonly operation: string;
  declare readonly attempts: number;
  declare readonly failures: readonly AttemptFailure[];

  constructor(fields: TimeoutErrorFields) {
    super(`${fields.operation}: ${MESSAGES[fields.code]}`);
    this.hint = HINTS[fields.code];
    Object.assign(this, fields);
    brand(this, ['TimeoutError']);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, TimeoutError, 'TimeoutError', value);
  }

  toJSON(): object {
    return { ...(this as object), message: this.message };
  }
}
