import { type CallKind, pathOf, START_REQUEST } from '../payloads.ts';

export const TOKEN = 'a-token-of-the-benchmark';

/** The request as a program without a client would write it. */
export interface RawCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
}

/** As our client sends them, so that all write the same request. Of these a fetch adds its own. */
const HEADERS = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'user-agent': 'node',
  'x-authorization': TOKEN,
} as const;

const RAW_CALLS: Readonly<Record<CallKind, RawCall>> = {
  get: { method: 'GET', path: pathOf('get'), headers: HEADERS },
  post: {
    method: 'POST',
    path: pathOf('post'),
    headers: { ...HEADERS, 'content-type': 'application/json' },
  },
  large: { method: 'GET', path: pathOf('large'), headers: HEADERS },
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
