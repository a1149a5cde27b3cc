/** May an operation be sent again after a failure that leaves open whether it was processed? `keyed`: only with an idempotency key. */
export type ReplayMark = 'safe' | 'unsafe' | 'keyed';

/** What became of one attempt that did not end the call with an answer. */
export interface AttemptFailure {
  /** The kind of the outcome, as `Outcome` names it. */
  readonly outcome: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** Code of the error, where there was one. */
  readonly code?: string | undefined;
  readonly durationMs: number;
}

/** One logical call, described by its maker in `init.call`. Read here and taken off before the innermost fetch. */
export interface Call {
  /** Stable name for logs and errors: 'workflow.start'. */
  readonly operation: string;
  readonly replay: ReplayMark;
  /** Already placed in a header or the body by the caller; the same in every attempt. */
  readonly idempotencyKey?: string | undefined;
  /** Longest time of one attempt; 0 = none. Absent: the wrapper's `requestTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Longest time of the whole call: token, attempts, waits, body. Absent: the wrapper's `totalTimeoutMs`. */
  readonly totalTimeoutMs?: number | undefined;
  /** What has gone of that time already when the call comes here, in ms. */
  readonly spentMs?: number | undefined;
  /** Absent: the wrapper's `ambiguousWrites`. */
  readonly ambiguousWrites?: 'fail' | 'retry' | undefined;
  /** `false`: no retry of any kind; the one replay with a fresh token stays. */
  readonly retry?: boolean | undefined;
  /** Written here: attempts made so far. */
  attempts?: number | undefined;
  /** Written here, only when an attempt failed. */
  failures?: AttemptFailure[] | undefined;
}

export type RequestInitWithCall = RequestInit & { call?: Call | undefined };

/** What every layer takes and gives. */
export type Fetch = (input: string | URL | Request, init?: RequestInitWithCall) => Promise<Response>;
