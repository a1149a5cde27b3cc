import type { AttemptFailure } from '../errors/call-facts.ts';
import type { ReplayMark } from './operation.ts';

/** What each layer needs to know of a call; it travels on the init of the fetch and never reaches the network. */
export interface Call {
  readonly operation: string;
  readonly replay: ReplayMark;
  /** Set where the server enforces keys: then the call may be sent twice. */
  idempotencyKey?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly totalTimeoutMs?: number | undefined;
  /** What has gone of that time already when the retry layer gets the call. */
  spentMs?: number;
  readonly ambiguousWrites?: 'fail' | 'retry' | undefined;
  readonly retry?: boolean | undefined;
  /** Written by the retry layer. */
  attempts?: number;
  /** Written by the retry layer, only when an attempt failed. */
  failures?: AttemptFailure[] | undefined;
}

/** A request as it is handed to the fetch below: no `Request` is built, names of headers are in lower case. */
export interface CallInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly call: Call;
  /** Set by a fetch of the settings: lets go of the signal, and ends what is on its way still where the call has failed. */
  release?: (error?: unknown) => void;
}

/** What every layer takes and gives. */
export type Fetch = (input: string | URL | Request, init?: RequestInit & { call?: Call }) => Promise<Response>;
