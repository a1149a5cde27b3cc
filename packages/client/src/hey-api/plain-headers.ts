import type { RequestOptions } from './request-options.ts';

/** Headers in any of the accepted forms as a plain object; lists are joined (RFC 9110, 5.3), `null` stays to say "none". */
export function plainHeaders(headers: RequestOptions['headers']): Record<string, string | null> {
  const plain: Record<string, string | null> = {};
  if (headers === undefined) return plain;
  const entries = isHeaders(headers) ? headers.entries() : Object.entries(headers);
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    plain[name.toLowerCase()] = value === null ? null : Array.isArray(value) ? value.join(', ') : String(value);
  }
  return plain;
}

/** By what it can do: a `Headers` of another undici copy is one as well. */
function isHeaders(headers: object): headers is Headers {
  return typeof (headers as { entries?: unknown }).entries === 'function';
}
