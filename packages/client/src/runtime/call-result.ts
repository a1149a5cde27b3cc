/** What is known of an answer beside its data: to log, and to quote to support. */
export interface CallResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Given by the server or a gateway, where one does so. */
  readonly requestId: string | undefined;
  /** Requests sent or tried. */
  readonly attempts: number;
  /** The whole call with all waits, in milliseconds. */
  readonly elapsedMs: number;
  /** What the connections to this server speak; absent with a custom fetch. */
  readonly protocol: 'h1' | 'h2' | undefined;
}

/** A call that went well, with its answer. */
export interface CallSuccess<Data> {
  readonly data: Data;
  readonly error: undefined;
  readonly response: CallResponse;
}

/** A call that failed, as it resolves under `throwOnError: false`. */
export interface CallFailure {
  readonly data: undefined;
  /** What the call would have rejected with. A reason of an abort that is no error is its `cause`. */
  readonly error: Error;
  /** Absent where no answer came. */
  readonly response: CallResponse | undefined;
}

/** Told apart by `error`. */
export type CallResult<Data> = CallSuccess<Data> | CallFailure;
