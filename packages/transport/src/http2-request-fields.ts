import type { PreparedRequest } from './prepare-request.ts';

/**
 * Pseudo-headers, headers, and the length of a body that is known (RFC 9113 section 8.3.1): name, value, name, value. node:http2 takes such
 * a list as it is, where an object of headers is copied and looked through first.
 */
export function requestFields({ body, headers, method, origin, path }: PreparedRequest): readonly string[] {
  const colon = origin.indexOf(':');
  const [scheme, authority] = [origin.slice(0, colon), origin.slice(colon + 3)];
  const fields = [':method', method, ':path', path, ':scheme', scheme, ':authority', authority];
  for (const name in headers) fields.push(name, headers[name] as string);
  if (Buffer.isBuffer(body)) fields.push('content-length', String(body.length));
  else if (body === null && (method === 'POST' || method === 'PUT' || method === 'PATCH'))
    fields.push('content-length', '0');
  return fields;
}
