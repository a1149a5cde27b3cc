import { type Params, scalarText } from './build-url.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';

/** Anything else would end the header and begin another one (RFC 9110, 5.5), or cannot be sent at all. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Header values by name; `null` takes a header out. */
export type MoreHeaders = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Plain object, names in lower case: two spellings of one name would otherwise break an HTTP/2 session. */
export function buildHeaders(
  operation: Operation,
  params: Params,
  contentType: string | undefined,
  ofClient: MoreHeaders | undefined,
  ofCall: MoreHeaders | undefined,
): Record<string, string> {
  // What the server can send is known; ids come as text/plain, so JSON alone must not be asked for.
  const headers: Record<string, string> = { accept: '*/*' };
  if (contentType !== undefined) headers['content-type'] = contentType;
  for (const name of operation.headerParams) setHeader(headers, operation, name, params[name]);
  const more = ofCall === undefined ? ofClient : { ...ofClient, ...ofCall };
  if (more !== undefined) for (const name of Object.keys(more)) setHeader(headers, operation, name, more[name]);
  return headers;
}

function setHeader(headers: Record<string, string>, operation: Operation, name: string, value: unknown): void {
  if (value === undefined) return;
  if (value === null) {
    delete headers[name.toLowerCase()];
    return;
  }
  const text = scalarText(operation, name, value);
  if (!HEADER_NAME.test(name) || UNSENDABLE.test(text)) {
    const advice = 'takes letters, digits and signs of Latin-1; encode other text.';
    throw refusal(operation, name, 'a header cannot be sent', advice);
  }
  headers[name.toLowerCase()] = text;
}
