import { type CallKind, pathOf, START_REQUEST } from '../payloads.ts';

export const TOKEN = 'a-token-of-the-benchmark';

/** The request as a program without a client would write it. */
export interface RawCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
}

const RAW_CALLS: Readonly<Record<CallKind, RawCall>> = {
  get: { method: 'GET', path: pathOf('get'), headers: { accept: '*/*', 'x-authorization': TOKEN } },
  post: {
    method: 'POST',
    path: pathOf('post'),
    headers: { accept: '*/*', 'content-type': 'application/json', 'x-authorization': TOKEN },
  },
  large: { method: 'GET', path: pathOf('large'), headers: { accept: '*/*', 'x-authorization': TOKEN } },
};

export function rawCall(kind: CallKind): RawCall {
  return RAW_CALLS[kind];
}

/** Serialized for each call, as every client does. */
export function rawBody(kind: CallKind): string | undefined {
  return kind === 'post' ? JSON.stringify(START_REQUEST) : undefined;
}

export function valueOf(kind: CallKind, text: string): unknown {
  return kind === 'post' ? text : (JSON.parse(text) as unknown);
}
