import type { Fetch, RequestInitWithCall } from './call.ts';
import { createRetrier, type Retrier } from './retrier.ts';
import { RetriedCall } from './retried-call.ts';
import type { RetryFetchOptions } from './retry-fetch-options.ts';

/**
 * Gives a fetch that retries what is safe to send twice, and nothing else. Its retry budget is its own: make one wrapper per
 * client and keep it.
 *
 * @example
 * const retrying = wrapFetchWithRetry(fetch, { totalTimeoutMs: 30_000 });
 * const response = await retrying('https://example.com/orders/7');
 */
export function wrapFetchWithRetry(fetch: Fetch, options: RetryFetchOptions = {}): Fetch {
  const retrier = createRetrier(options);
  return (input, init) => new RetriedCall(retrier, fetch, input, init).run();
}

/** State of `retryFetch`, kept as long as its options object. */
const retriers = new WeakMap<RetryFetchOptions, Retrier>();

/** One call with retries. Calls that pass the same options object share its retry budget. */
export async function retryFetch(
  input: string | URL | Request,
  init: RequestInitWithCall | undefined,
  fetch: Fetch,
  options: RetryFetchOptions = {},
): Promise<Response> {
  let retrier = retriers.get(options);
  if (retrier === undefined) {
    retrier = createRetrier(options);
    retriers.set(options, retrier);
  }
  return new RetriedCall(retrier, fetch, input, init).run();
}
