import { request } from 'undici';
import { createAgent } from './bare-dispatch.ts';
import type { Contender } from './contender.ts';
import { rawBody, rawCall } from './raw-call.ts';

export function undiciRequest(url: string, connections: number): Contender {
  const dispatcher = createAgent(url, connections);
  return {
    async call(kind) {
      const { method, path, headers } = rawCall(kind);
      const { body } = await request(url + path, { dispatcher, method, headers, body: rawBody(kind) ?? null });
      return kind === 'post' ? body.text() : body.json();
    },
  };
}
