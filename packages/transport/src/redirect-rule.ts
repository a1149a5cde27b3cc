export type RedirectDecision =
  | { readonly do: 'return' }
  | { readonly do: 'follow'; readonly url: URL }
  | {
      readonly do: 'refuse';
      readonly code: 'REDIRECT_REFUSED' | 'REDIRECT_LIMIT';
      readonly reason: string;
      /** Not of what is no URL: nobody can tell which part of it is secret. */
      readonly location: string | undefined;
    };

export interface RedirectSituation {
  readonly status: number;
  readonly location: string | undefined;
  readonly from: URL;
  readonly method: string;
  /** A body that came from a stream is gone. */
  readonly bodyCanBeResent: boolean;
  readonly mode: 'follow' | 'error' | 'manual';
  readonly followed: number;
  readonly maxRedirects: number;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * What to do with an answer that may be a redirect (RFC 9110 section 15.4). Only the same host and port is followed, so that
 * credentials never reach a stranger, and the upgrade from port 80 to TLS on port 443, which many gateways answer with. A method that a 301, 302 or
 * 303 would turn into GET is not followed: the caller asked for something else.
 */
export function decideRedirect(at: RedirectSituation): RedirectDecision {
  if (!REDIRECTS.has(at.status) || at.location === undefined || at.mode === 'manual') return { do: 'return' };
  const url = URL.parse(at.location, at.from.href);
  const location = url === null ? undefined : describeUrl(url);
  const refuse = (
    reason: string,
    code: 'REDIRECT_REFUSED' | 'REDIRECT_LIMIT' = 'REDIRECT_REFUSED',
  ): RedirectDecision => ({
    do: 'refuse',
    code,
    reason,
    location,
  });
  if (at.mode === 'error') return refuse('redirect is set to error');
  if (url === null) return refuse('the location is not a URL');
  if (!isSameHost(at.from, url)) return refuse('another host, port or scheme');
  const keepsMethod = at.status === 307 || at.status === 308 || at.method === 'GET' || at.method === 'HEAD';
  if (!keepsMethod) return refuse('the method would change');
  if (!at.bodyCanBeResent) return refuse('the body is a stream and cannot be sent again');
  if (at.followed >= at.maxRedirects) return refuse('too many redirects', 'REDIRECT_LIMIT');
  return { do: 'follow', url };
}

function isSameHost(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname) return false;
  if (from.protocol === to.protocol) return from.port === to.port;
  return from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
}

/** Scheme, host and path: a query may hold secrets. */
export function describeUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** A server may have put into an address what it was sent in secret headers. */
export function withoutSecrets(
  address: string | undefined,
  headers: Record<string, string>,
  sensitive: ReadonlySet<string>,
): string | undefined {
  return [...sensitive]
    .flatMap((name) => (headers[name] ?? '').split(/[\s,;=]+/))
    .filter((part) => part.length > 3)
    .reduce((shown, part) => shown?.replaceAll(part, '[redacted]'), address);
}

/** The headers for the next hop: what is secret stays with the host it was meant for, whatever the rule above comes to allow. */
export function headersForHop<T extends Record<string, string>>(
  headers: T,
  from: URL,
  to: URL,
  sensitive: ReadonlySet<string>,
): T {
  if (from.hostname === to.hostname) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !sensitive.has(name))) as T;
}
