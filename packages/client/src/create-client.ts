import type { Lifetime } from './client-lifetime.ts';
import type { Fetch } from './runtime/call.ts';
import type { Caller } from './runtime/caller.ts';
import { createCaller } from './runtime/create-caller.ts';
import type { Middleware } from './runtime/middleware.ts';
import type { ParseJson } from './runtime/parse-json.ts';
import { shapeResults } from './runtime/shape-results.ts';
import type { Holder } from './runtime/too-slow.ts';
import { createServerFamilyProbe } from './server-family.ts';

/** Limits of time are those of the fetch: what it does not end, and what stands around it, is not ended here. */
const hold: Holder = async (work) => work;

const NEVER_CLOSED: Lifetime = {
  mayTell: () => undefined,
  begin: (_, signal) => ({ signal, end: () => undefined }),
  ended: () => false,
};

/** Limit of one attempt where nobody says another. */
const REQUEST_TIMEOUT_MS = 60_000;

/** What a client of functions alone stands on. */
export interface FunctionClientOptions {
  /**
   * Carries every request: the platform's, or one that wraps it (`wrapFetchWithRetry` for retries, tokens and time limits). It must
   * heed its `signal`: nothing else ends a call that it does not answer.
   */
  readonly fetch: Fetch;
  /** Address of the server, without `/api`. */
  readonly baseUrl: string;
  /** Limit of one attempt, in milliseconds, for a `fetch` that heeds it. 0 means none. @default 60_000 */
  readonly requestTimeoutMs?: number | undefined;
  /** Headers for every call. @default none */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly middleware?: Middleware | undefined;
  /** @default JSON.parse */
  readonly parseJson?: ParseJson | undefined;
}

/**
 * The least that a function of an operation needs, over a fetch of your own: a bundle holds the operations that it calls and
 * no others. Requests, answers and errors are the same as with `createConductorClient`; connections, tokens, retries and
 * settings are what `fetch` brings along.
 *
 * @example
 * const client = createClient({ fetch, baseUrl: 'http://localhost:8080' });
 * const workflow = await workflowGet(client, { workflowId });
 */
export function createClient(options: FunctionClientOptions): Caller {
  const { headers, middleware, parseJson, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  if (typeof options.fetch !== 'function' || !/^https?:/.test(options.baseUrl)) {
    throw new TypeError('createClient takes { fetch, baseUrl }: a function, and an http(s) URL.');
  }
  const baseUrl = options.baseUrl.replace(/(?<!\/)\/+$/, '');
  const caller = createCaller({
    send: (url, init) => options.fetch(url, init as RequestInit),
    baseUrl: () => baseUrl,
    headers: () => headers,
    requestTimeoutMs,
    lifetime: NEVER_CLOSED,
    family: createServerFamilyProbe(options.fetch, baseUrl, undefined),
    // It holds no secrets of its own.
    redact: (text) => text,
    scrub: (error) => error,
    parseJson,
    hold,
    onError: (error) => error,
    onDone: () => undefined,
  });
  return shapeResults(caller, { middleware, lifetime: NEVER_CLOSED, hold, protocol: () => undefined });
}
