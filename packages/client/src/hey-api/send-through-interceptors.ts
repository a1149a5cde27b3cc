import type { CallFacts } from '../errors/call-facts.ts';
import type { CallInit } from '../runtime/call.ts';
import type { CallTrace } from '../runtime/call-trace.ts';
import type { Send } from '../runtime/caller-options.ts';
import type { CallDescription, ClientInterceptors } from './interceptors.ts';
import type { RequestSettings } from './request-settings.ts';

/** Sends by the fetch of the settings. A `Request` is built only where an interceptor wants to see one. */
export function sendThroughInterceptors(settings: RequestSettings, interceptors: ClientInterceptors): Send {
  const sendSeen: Send = async (url, init, trace) => {
    const onRequest = interceptors.request.active;
    const onResponse = interceptors.response.active;
    const { fetch } = settings.get();
    const description: CallDescription = { operation: init.call.operation, method: init.method, url };
    let request = new Request(url, init as RequestInit);
    for (const interceptor of onRequest) request = await unlessAborted(init, interceptor(request, description));
    trace.request = request;
    let response = await fetch(request.url, await initOf(request, init));
    for (const interceptor of onResponse)
      response = await unlessAborted(init, interceptor(response, request, description));
    return response;
  };
  // Nobody wants to see it, as is usual: then nothing is made for the sight of it, not even a promise.
  return (url, init, trace) =>
    interceptors.request.isEmpty && interceptors.response.isEmpty
      ? settings.get().fetch(url, init as RequestInit)
      : sendSeen(url, init, trace);
}

/** An interceptor is the user's and may take for ever: an abort, or the end of the client, ends the call all the same. */
function unlessAborted<T>({ signal }: CallInit, work: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal?.reason as Error);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
    void Promise.resolve(work)
      .then(resolve, reject)
      .then(() => signal?.removeEventListener('abort', stop));
  });
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

/** Lets the error interceptors see, and replace, what a call is about to throw. */
export function replaceErrors(
  interceptors: ClientInterceptors,
): (error: unknown, call: CallFacts, trace: CallTrace) => unknown {
  return async (error, call, trace) => {
    let last = error;
    const description = { operation: call.operation, method: call.method, url: call.pathTemplate };
    for (const interceptor of interceptors.error.active) {
      last = await interceptor(last, trace.response, trace.request, description);
    }
    return last;
  };
}
