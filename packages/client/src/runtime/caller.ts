import type { Operation } from './operation.ts';

/** The second argument of every call. */
export interface CallOptions {
  /** Aborts the call wherever it is: queued, connecting, waiting, backing off. It rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Limit of one attempt, in milliseconds; 0 means none. @default the client's `requestTimeoutMs` */
  readonly timeoutMs?: number | undefined;
  /** Limit of the whole call with token, attempts and waits, in milliseconds; 0 means none. @default 0 */
  readonly totalTimeoutMs?: number | undefined;
  /** One key for all attempts of this call. Servers that enforce it answer the second start with the first one's result. */
  readonly idempotencyKey?: string | undefined;
  /** More headers. They win over those made here, except for the token's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What to do when an unsafe request may have been processed: report it, or send it again. @default 'fail' */
  readonly ambiguousWrites?: 'fail' | 'retry' | undefined;
  /** `false` makes one attempt only (a refused token is still replaced once). @default true */
  readonly retry?: boolean | undefined;
}

/**
 * Parameters of one call: path, query and header parameters by name in one flat object, the body under `body`.
 * An object type, since interfaces (the generated parameter types) do not fit an index signature.
 */
export type CallParams = object;

/** What a generated function needs: something that can carry out an operation. The client is one. */
export interface Caller {
  execute<T>(operation: Operation, params?: CallParams, options?: CallOptions): Promise<T>;
}
