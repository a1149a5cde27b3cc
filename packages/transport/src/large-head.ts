import type { PreparedRequest } from './prepare-request.ts';

/** Many servers take 8 KiB; a head below that is not what they object to. */
const LARGE_HEAD_BYTES = 8_000;

/** Beyond about 64 KiB node:http2 refuses a head before it is sent (`maxSendHeaderBlockLength`). */
const UNSENDABLE_HEAD_BYTES = 60_000;

/** May the server have refused a request for the length of its URL and headers? */
export function isLargeHead(request: PreparedRequest): boolean {
  return headBytes(request) > LARGE_HEAD_BYTES;
}

/** May node:http2 have refused it for that? */
export function isUnsendableHead(request: PreparedRequest): boolean {
  return headBytes(request) > UNSENDABLE_HEAD_BYTES;
}

/** For the error: how long they are. */
export function headDetail(request: PreparedRequest): string {
  return `URL and headers take ${headBytes(request)} bytes`;
}

function headBytes({ path, headers }: PreparedRequest): number {
  let bytes = path.length;
  for (const name in headers) bytes += name.length + String(headers[name]).length;
  return bytes;
}
