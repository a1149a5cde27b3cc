import type { RequestProblem } from '../errors/invalid-request-error.ts';
import { type Params, scalarText } from './build-url.ts';
import type { Operation } from './operation.ts';

/** Longest wait of a batch poll that the open-source server takes, in milliseconds; beyond it, it answers 400. */
export const OSS_LONGEST_POLL_MS = 5_000;

/** Its HTTP layer's limit for the request line and all headers together, in bytes. */
export const OSS_LONGEST_HEAD_BYTES = 8_192;

/** Its HTTP layer (Tomcat) answers 400 to these in a path, also percent-encoded, before Conductor sees the request. */
const UNREACHABLE = /[/\\\0]/;

/** What the length of a request depends on. */
export interface RequestHead {
  readonly url: string;
  readonly init: { readonly method: string; readonly headers: Readonly<Record<string, string>> };
}

/**
 * What the open-source server refuses whatever it is asked. On a server of that family it is refused here; elsewhere it
 * may well work, and is the most likely reason should the server answer 400.
 */
export function ossProblem(operation: Operation, params: Params, head: RequestHead): RequestProblem | undefined {
  // In the URL they stand encoded.
  for (const name of head.url.includes('%') ? operation.pathParams : []) {
    if (UNREACHABLE.test(scalarText(operation, name, params[name]))) {
      return {
        path: name,
        trouble: 'the open-source server takes no name or id with a slash or backslash',
        advice: 'holds a slash or backslash (or NUL); choose a name such as `a.b` or `a:b`.',
      };
    }
  }
  if (operation.name === 'task.pollBatch' && Number(params['timeout']) > OSS_LONGEST_POLL_MS) {
    return {
      path: 'timeout',
      trouble: 'the open-source server does not let a poll wait that long',
      advice: `takes at most ${OSS_LONGEST_POLL_MS} ms there; poll again instead.`,
    };
  }
  if (isTooLong(head)) {
    return {
      path: longestOf(operation, params, head),
      trouble: 'the URL and headers are longer than the open-source server reads',
      advice: `ask for less at once: it reads ${OSS_LONGEST_HEAD_BYTES} bytes in all.`,
    };
  }
  return undefined;
}

const AROUND_HEAD = '  HTTP/1.1\r\n\r\n'.length;
/** Longer than `http://` and shorter than any address with a slash behind it. */
const AFTER_SCHEME = 8;

/** A little less than will be sent (the transport adds a few headers): what is too long here is too long for certain. */
function isTooLong({ url, init }: RequestHead): boolean {
  let bytes = init.method.length + AROUND_HEAD + url.length;
  for (const name in init.headers) bytes += name.length + (init.headers[name]?.length ?? 0) + ': \r\n'.length;
  return bytes > OSS_LONGEST_HEAD_BYTES && bytes - url.indexOf('/', AFTER_SCHEME) > OSS_LONGEST_HEAD_BYTES;
}

/** Which parameter to shorten. */
function longestOf({ pathParams, queryParams }: Operation, params: Params, { url }: RequestHead): string {
  const length = (name: string): number => [params[name]].flat().join().length;
  const longest = [...pathParams, ...queryParams].toSorted((a, b) => length(b) - length(a))[0];
  if (longest !== undefined && length(longest) > OSS_LONGEST_HEAD_BYTES / 4) return longest;
  return url.length > OSS_LONGEST_HEAD_BYTES / 2 ? 'url' : 'headers';
}
