import type { Contender } from './contender.ts';
import { rawBody, rawCall } from './raw-call.ts';

interface AnswerLike {
  text(): Promise<string>;
  json(): Promise<unknown>;
}

interface Init {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** A program that calls the server by a fetch of its choice. */
export function overFetch(url: string, fetch: (input: string, init: Init) => Promise<AnswerLike>): Contender {
  return {
    async call(kind) {
      const { method, path, headers } = rawCall(kind);
      const body = rawBody(kind);
      const answer = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
      return kind === 'post' ? answer.text() : answer.json();
    },
  };
}
