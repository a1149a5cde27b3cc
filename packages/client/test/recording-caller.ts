import { ClientLifetime } from '../src/client-lifetime.ts';
import type { CallInit } from '../src/runtime/call.ts';
import type { TracingCaller } from '../src/runtime/call-trace.ts';
import type { CallerOptions } from '../src/runtime/caller-options.ts';
import { createCaller } from '../src/runtime/create-caller.ts';
import { holdNoLonger } from '../src/runtime/too-slow.ts';

/** One request as the runtime handed it to the layers below. */
export interface Sent {
  readonly url: string;
  readonly init: CallInit;
}

/** A caller whose requests go into a list, and whose answers are made here. */
export function recordingCaller(
  answer: (sent: Sent) => Response | Promise<Response> = () => json(null),
  overrides: Partial<CallerOptions> = {},
): { caller: TracingCaller; sent: Sent[]; lifetime: ClientLifetime } {
  const sent: Sent[] = [];
  const lifetime = new ClientLifetime();
  const caller = createCaller({
    async send(url, init) {
      const one = { url, init };
      sent.push(one);
      init.call.attempts = 1;
      return answer(one);
    },
    baseUrl: () => 'http://server',
    headers: () => ({}),
    requestTimeoutMs: 60_000,
    lifetime,
    family: { current: () => 'unknown', learn: () => Promise.resolve('unknown') },
    redact: (text) => text,
    scrub: (error) => error,
    hold: holdNoLonger,
    onError: (error) => error,
    onDone: () => undefined,
    ...overrides,
  });
  return { caller, sent, lifetime };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}
