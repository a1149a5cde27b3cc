import type { OutgoingHttpHeaders } from 'node:http2';
import type { PreparedRequest } from './prepare-request.ts';

/** Pseudo-headers, headers, and the length of a body that is known (RFC 9113 section 8.3.1). */
export function requestFields({ body, headers, method, origin, path }: PreparedRequest): OutgoingHttpHeaders {
  const colon = origin.indexOf(':');
  const fields: OutgoingHttpHeaders = {
    ':method': method,
    ':path': path,
    ':scheme': origin.slice(0, colon),
    ':authority': origin.slice(colon + 3),
  };
  for (const name in headers) fields[name] = headers[name];
  if (Buffer.isBuffer(body)) fields['content-length'] = body.length;
  else if (body === null && (method === 'POST' || method === 'PUT' || method === 'PATCH')) fields['content-length'] = 0;
  return fields;
}
