import type { CallInit, Fetch } from '../runtime/call.ts';
import type { CallerOptions, Send } from '../runtime/caller-options.ts';
import { monotonic, OVER, waitFor } from '../runtime/patience.ts';
import { throwIfAborted } from '../runtime/throw-if-aborted.ts';
import { holdNoLonger, tooSlow } from '../runtime/too-slow.ts';
import type { CallDescription, ClientInterceptors } from './interceptors.ts';
import type { RequestSettings } from './request-settings.ts';

/** What a fetch of the user's may take beyond the time of its call: what the call itself ended with in it comes first. */
const FETCH_GRACE_MS = 100;

/** Sends by the fetch of the settings. A `Request` is built only where an interceptor wants to see one. */
export function sendThroughInterceptors(
  settings: RequestSettings,
  interceptors: ClientInterceptors,
  now: () => number = monotonic,
): Send {
  const { fetch: own } = settings.get();
  const send = (url: string, init: RequestInit, prepared: CallInit): Promise<Response> => {
    const { fetch } = settings.get();
    return fetch === own ? own(url, init) : sendByOther(fetch, url, init, prepared);
  };
  const sendSeen: Send = async (url, init, trace) => {
    const { call } = init;
    const onRequest = interceptors.request.active;
    const onResponse = interceptors.response.active;
    const description: CallDescription = { operation: call.operation, method: init.method, url };
    const begunMs = now() - (call.spentMs ?? 0);
    let sent = false;
    /** An interceptor may take as long as an attempt, and none longer than what is left of the whole call. */
    const seen = async <T>(work: T | Promise<T>): Promise<T> => {
      const leftMs = (call.totalTimeoutMs || Infinity) - (now() - begunMs);
      const limits = { signal: init.signal, leftMs, attemptMs: call.timeoutMs };
      return holdNoLonger(work, limits, `An interceptor of the ${sent ? 'response' : 'request'}`, call, sent);
    };
    let request = new Request(url, init as RequestInit);
    // One that gives nothing has only looked.
    for (const interceptor of onRequest) {
      request = (await seen<Request | undefined>(interceptor(request, description))) ?? request;
    }
    trace.request = request;
    const parts = await seen(initOf(request, init));
    call.spentMs = now() - begunMs;
    let response = await send(request.url, parts, init);
    sent = true;
    // Also where an interceptor throws: what it saw is an answer.
    trace.response = response;
    for (const interceptor of onResponse) {
      response = (await seen<Response | undefined>(interceptor(response, request, description))) ?? response;
    }
    return response;
  };
  // Nobody wants to see it, as is usual: then nothing is made for the sight of it, not even a promise.
  return (url, init, trace) =>
    interceptors.request.isEmpty && interceptors.response.isEmpty
      ? send(url, init as RequestInit, init)
      : sendSeen(url, init, trace);
}

/**
 * A fetch of the user's has the time of one attempt, as any has that is retried. Only where it hands on to the client's own, which
 * limits each attempt by itself, it may take as long as the whole call. Its signal aborts when its call fails.
 */
async function sendByOther(fetch: Fetch, url: string, init: RequestInit, prepared: CallInit): Promise<Response> {
  const { call, signal } = prepared;
  const leftMs = (call.totalTimeoutMs || Infinity) - (call.spentMs ?? 0) + FETCH_GRACE_MS;
  const limitMs = Math.min(leftMs, call.timeoutMs || Infinity);
  throwIfAborted(signal);
  // Not by AbortSignal.any: in Node 22 it leaves something on the signal, which is one for all calls that bring none.
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', follow);
  prepared.release = (error) => {
    signal?.removeEventListener('abort', follow);
    if (error !== undefined) controller.abort(error);
  };
  const sending = fetch(url, { ...init, signal: controller.signal });
  let answer = await waitFor(sending, { signal, limitMs });
  if (answer === OVER && call.attempts) answer = await waitFor(sending, { signal, limitMs: leftMs - limitMs });
  if (answer !== OVER) return answer;
  throwIfAborted(signal);
  throw tooSlow(call.attempts || limitMs === leftMs ? 'TOTAL_TIMEOUT' : 'ATTEMPT_TIMEOUT', 'The fetch', call);
}

/** Back to plain parts: the body is read whole, so that it can be sent again. */
async function initOf(request: Request, init: CallInit): Promise<RequestInit> {
  const body = request.body === null ? undefined : new Uint8Array(await request.clone().arrayBuffer());
  const parts: CallInit = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body,
    signal: init.signal,
    call: init.call,
  };
  return parts as RequestInit;
}

/** Lets the error interceptors see, and replace, what a call is about to throw. One that does not come to its end replaces nothing. */
export function replaceErrors(interceptors: ClientInterceptors): CallerOptions['onError'] {
  return async (error, call, trace, patience) => {
    let last = error;
    const description = { operation: call.operation, method: call.method, url: call.pathTemplate };
    for (const interceptor of interceptors.error.active) {
      const next = await waitFor(interceptor(last, trace.response, trace.request, description), patience());
      if (next === OVER) return last;
      last = next;
    }
    return last;
  };
}
