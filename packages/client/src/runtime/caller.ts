import type { Operation } from './operation.ts';

/** The second argument of every call. */
export interface CallOptions {
  /** Aborts the call wherever it is: queued, connecting, waiting, backing off. It rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Limit of one attempt, in milliseconds; 0 means none. What is set here is taken as it is.
   * @default the client's `requestTimeoutMs`; longer where the server was asked to hold the answer back
   */
  readonly timeoutMs?: number | undefined;
  /** Limit of the whole call with token, attempts and waits, in milliseconds; 0 means none. @default that of the client's `retry`, else 0 */
  readonly totalTimeoutMs?: number | undefined;
  /**
   * One key for all attempts of this call. A server that enforces keys (Orkes) answers a second start with the
   * result of the first; the open-source server ignores them.
   */
  readonly idempotencyKey?: string | undefined;
  /** More headers. They win over those made here, except for the token's; `null` takes one out. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
  /** What to do when an unsafe request may have been processed: report it, or send it again. @default 'fail' */
  readonly ambiguousWrites?: 'fail' | 'retry' | undefined;
  /** `false` makes one attempt only (a refused token is still replaced once). @default true */
  readonly retry?: boolean | undefined;
  /** `true` resolves with `{ data, response }`: status, headers, request id, attempts and time beside the data. @default false */
  readonly withResponse?: false | undefined;
  /** `false` never rejects, but resolves with `{ data, error, response }`. @default true */
  readonly throwOnError?: true | undefined;
}

/** Makes a call resolve with `{ data, response }`. */
export interface WithResponse extends Omit<CallOptions, 'withResponse'> {
  readonly withResponse: true;
}

/** Makes a call resolve with `{ data, error, response }`, whatever happens. */
export interface NoThrow extends Omit<CallOptions, 'withResponse' | 'throwOnError'> {
  readonly throwOnError: false;
  readonly withResponse?: boolean | undefined;
}

/** The options of a call in any of their forms. */
export type AnyCallOptions = CallOptions | WithResponse | NoThrow;

/** What a generated function needs: something that can carry out an operation. The client is one. */
export interface Caller {
  /**
   * `params` holds path, query and header parameters by name in one flat object, and the body under `body`. `Result` is
   * what the options make of the answer: the data, or an object that holds it.
   */
  execute<Result>(operation: Operation, params: object | undefined, options?: AnyCallOptions): Promise<Result>;
  /** Aborts when the client begins to close and takes no more calls: a pause between two calls ends then. */
  readonly closing?: AbortSignal | undefined;
}
