import type { AttemptFailure } from './call.ts';
import { brand, isInstance } from './error-brand.ts';

export interface AmbiguousRequestErrorFields {
  readonly operation: string;
  readonly attempts: number;
  readonly failures: readonly AttemptFailure[];
  /** The failure that lost the answer. */
  readonly cause: unknown;
  /** The error answer that a later attempt got, with its body read. */
  readonly response?: Response | undefined;
}

const HINT =
  'Look it up (by its id or correlation id) before you send it again. ' +
  "With ambiguousWrites: 'retry' it is sent again, and may be done twice.";

/** Nobody can tell whether the request was processed: the answer got lost, and sending it again could do it twice. */
export class AmbiguousRequestError extends Error {
  override readonly name: string = 'AmbiguousRequestError';
  readonly code = 'AMBIGUOUS_REQUEST';
  readonly hint: string;
  readonly mayHaveBeenProcessed = true;
  readonly operation: string;
  readonly attempts: number;
  readonly failures: readonly AttemptFailure[];
  /** Status of the error answer that a later attempt got. */
  readonly status: number | undefined;
  readonly #response: Response | undefined;

  constructor(fields: AmbiguousRequestErrorFields) {
    super(`${fields.operation}: the request may have been processed, but its answer is unknown`, {
      cause: fields.cause,
    });
    this.hint = adviceOf(fields.cause) + HINT;
    this.operation = fields.operation;
    this.attempts = fields.attempts;
    this.failures = fields.failures;
    this.status = fields.response?.status;
    this.#response = fields.response;
    brand(this, ['AmbiguousRequestError']);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, AmbiguousRequestError, 'AmbiguousRequestError', value);
  }

  /** The error answer that followed; kept out of inspection, since it holds headers and a body. */
  get response(): Response | undefined {
    return this.#response;
  }

  toJSON(): object {
    return { ...(this as object), message: this.message };
  }
}

/** What would fail again in the same way has to be mended first, and the cause knows how. */
function adviceOf(cause: unknown): string {
  const { permanent, hint } = Object(cause) as { readonly permanent?: unknown; readonly hint?: unknown };
  return permanent === true && typeof hint === 'string' ? `${hint} ` : '';
}
