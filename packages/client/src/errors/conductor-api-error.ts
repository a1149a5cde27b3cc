import type { AttemptFailure, CallFacts } from './call-facts.ts';
import { type ApiErrorCode, type ApiErrorKind, apiErrorKind } from './api-error-kinds.ts';
import { isInstanceByBrand } from './brand.ts';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** One field that the server found wrong. */
export interface ValidationProblem {
  readonly path?: string | undefined;
  readonly message?: string | undefined;
}

/** What the server said. */
export interface ApiAnswer {
  readonly status: number;
  /** The server's own words. */
  readonly serverMessage?: string | undefined;
  /** The server's own error code, where it sends one: `EXPIRED_TOKEN`. */
  readonly serverCode?: string | undefined;
  readonly validationErrors?: readonly ValidationProblem[] | undefined;
  /** The server's word; absent where it gives none. */
  readonly retryable?: boolean | undefined;
  /** Given only where it is so: behind the status of a failure, for what may not be sent twice. */
  readonly mayHaveBeenProcessed?: true | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly requestId?: string | undefined;
  /** Size of the body that was sent, where there was one. */
  readonly sentBytes?: number | undefined;
  /** Asked for only where somebody looks. */
  readonly headers?: (() => Headers) | undefined;
}

/** The server answered, and not with success. */
export class ConductorApiError extends ConductorSdkError {
  // Private: a header may hold what no log is to show.
  readonly #headers: (() => Headers) | undefined;
  declare readonly code: ApiErrorCode;
  declare readonly status: number;
  declare readonly serverMessage: string | undefined;
  declare readonly serverCode: string | undefined;
  /** The first few fields that the server found wrong. */
  declare readonly validationErrors: readonly ValidationProblem[];
  /** May the same call succeed later? By the server's word, or by the status where it says nothing; never where it may have been done. */
  declare readonly retryable: boolean;
  /** `true` where the server or a gateway failed and the request may not be sent twice: it may have been done. */
  declare readonly mayHaveBeenProcessed?: true | undefined;
  /** How long the server asks to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  /** To quote to support, where the server or a gateway gave one. */
  declare readonly requestId: string | undefined;
  declare readonly sentBytes: number | undefined;
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly pathTemplate: string;
  declare readonly attempts: number;
  declare readonly elapsedMs: number;
  declare readonly failures: readonly AttemptFailure[] | undefined;
  /** What the connections to this server speak; absent with a custom fetch. */
  declare readonly protocol?: 'h1' | 'h2' | undefined;

  constructor(
    answer: ApiAnswer,
    facts: CallFacts,
    kind: ApiErrorKind = apiErrorKind(answer.status),
    brands: readonly string[] = ['ConductorApiError', 'ConductorSdkError'],
  ) {
    super(`${facts.operation} failed: ${kind.says}`, undefined, { code: kind.code, hint: kind.hint, brands });
    const { headers, validationErrors = [], retryable = kind.retryable, ...said } = answer;
    const { protocol, ...call } = facts;
    this.#headers = headers;
    Object.assign(this, said, { validationErrors, retryable }, call, protocol && { protocol });
  }

  /** All headers of the answer. They are on no log line and in no JSON. */
  get headers(): Headers | undefined {
    return this.#headers?.();
  }

  /** The server takes no such token, or wants one (401). */
  isAuth(): boolean {
    return this.code === 'UNAUTHENTICATED';
  }

  /** The key is good, its permissions are not (403). */
  isForbidden(): boolean {
    return this.code === 'FORBIDDEN';
  }

  /** There is no such thing (404); false where the server lacks the whole operation. */
  isNotFound(): boolean {
    return this.code === 'NOT_FOUND';
  }

  /** It exists already, or its state forbids the change (409). */
  isConflict(): boolean {
    return this.code === 'CONFLICT';
  }

  /** What was sent is wrong (400). */
  isBadRequest(): boolean {
    return this.code === 'BAD_REQUEST';
  }

  /** Too many calls (429). */
  isRateLimited(): boolean {
    return this.code === 'RATE_LIMITED';
  }

  /** The fault is on the server's side (500 to 599). */
  isServerError(): boolean {
    return this.status >= 500;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceByBrand(this, ConductorApiError, 'ConductorApiError', value);
  }
}
