import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { CallKind } from '../payloads.ts';
import type { Contender } from './contender.ts';
import { rawBody, rawCall, valueOf } from './raw-call.ts';

/** The least that undici offers: a dispatch, the chunks put together, JSON.parse. */
export function bareDispatch(url: string, connections: number): Contender {
  const agent = createAgent(url, connections);
  return {
    call: (kind) =>
      new Promise((resolve, reject) => {
        const { method, path, headers } = rawCall(kind);
        agent.dispatch(
          { origin: url, path, method, headers, body: rawBody(kind) ?? null },
          new Exchange(kind, resolve, reject),
        );
      }),
  };
}

/** `pipelining` is how many calls one connection carries: on HTTP/1.1 more than one would let a slow answer hold others up. */
export function createAgent(url: string, connections: number): Agent {
  return new Agent({ connections, pipelining: url.startsWith('https:') ? 100 : 1 });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #kind: CallKind;
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Buffer[] = [];

  constructor(kind: CallKind, resolve: (value: unknown) => void, reject: (error: Error) => void) {
    this.#kind = kind;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: unknown, status: number): void {
    if (status !== 200) this.#reject(new Error(`status ${status}`));
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#resolve(valueOf(this.#kind, whole.toString()));
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#reject(error);
  }
}
