import { attemptTimeoutMs } from './attempt-timeout.ts';
import { buildHeaders } from './build-headers.ts';
import { buildUrl, type Params } from './build-url.ts';
import type { Call, CallInit } from './call.ts';
import type { CallOptions } from './caller.ts';
import { encodeBody } from './encode-body.ts';
import type { Operation } from './operation.ts';
import { replayMark } from './replay-mark.ts';

/** A request that any number of attempts can send as it is. */
export interface PreparedRequest {
  readonly url: string;
  readonly init: CallInit;
}

/** What the client adds to each request. */
export interface RequestDefaults {
  /** Read for each call: `setConfig` may change it. */
  readonly baseUrl: () => string;
  /** Headers for every call, lower than those of the call. */
  readonly headers: () => Readonly<Record<string, string>> | undefined;
  readonly requestTimeoutMs: number;
  /** Limit of a whole call that names none. @default none */
  readonly totalTimeoutMs?: number | undefined;
}

/** Puts a call together, or refuses it: nothing is sent yet. */
export function prepareRequest(
  client: RequestDefaults,
  operation: Operation,
  params: Params,
  options: CallOptions,
  signal: AbortSignal | undefined,
): PreparedRequest {
  const body = encodeBody(operation, params['body']);
  const url = buildUrl(client.baseUrl(), operation, params);
  const headers = buildHeaders(operation, params, body?.contentType, client.headers(), options.headers);
  const call: Call = {
    operation: operation.name,
    replay: replayMark(operation, params),
    timeoutMs: attemptTimeoutMs(operation, params, client.requestTimeoutMs, options.timeoutMs),
    totalTimeoutMs: options.totalTimeoutMs ?? client.totalTimeoutMs,
    ambiguousWrites: options.ambiguousWrites,
    retry: options.retry,
    // Named here although others write them: an object that grows later is dearer.
    spentMs: 0,
    attempts: 0,
    failures: undefined,
  };
  return { url, init: { method: operation.method, headers, body: body?.content, signal, call } };
}
