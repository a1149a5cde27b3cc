import type { Fetch, RequestInitWithCall } from '@conductor-ts/retry';

export interface Sent {
  readonly input: string | URL | Request;
  readonly init: RequestInitWithCall | undefined;
}

export type Step = Response | Error | ((sent: Sent) => Response | Promise<Response>);

/** A fetch that plays these steps, one for each attempt; the last one again and again. */
export function scriptedFetch(...steps: Step[]): Fetch & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (input, init) => {
    const step = steps[Math.min(sent.length, steps.length - 1)];
    sent.push({ input, init });
    if (step instanceof Error) throw step;
    if (typeof step === 'function') return step({ input, init });
    return (step as Response).clone();
  };
  return Object.assign(fetch, { sent });
}

/** An error as Node's fetch throws it: the facts are in the cause. */
export function networkError(code: string, facts: object = {}): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...facts }) });
}

export function refused(): Error {
  return networkError('ECONNREFUSED', { syscall: 'connect' });
}

export function reset(): Error {
  return networkError('ECONNRESET', { syscall: 'read' });
}
