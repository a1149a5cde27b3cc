import type { RequestInitWithCall } from './call.ts';

export function isRequest(input: string | URL | Request): input is Request {
  // By shape: a Request of another realm or package is no instance of ours.
  return typeof input === 'object' && 'url' in input && 'headers' in input;
}

export function urlOf(input: string | URL | Request): string {
  if (typeof input === 'string') return input;
  return isRequest(input) ? input.url : input.href;
}

export function methodOf(input: string | URL | Request, init: RequestInit | undefined): string {
  return (init?.method ?? (isRequest(input) ? input.method : 'GET')).toUpperCase();
}

export function originOf(input: string | URL | Request): string {
  const url = urlOf(input);
  return URL.canParse(url) ? new URL(url).origin : 'relative';
}

/** Can this body be sent again, byte for byte? A stream cannot: whatever was read from it is gone. */
export function isReplayable(body: unknown): boolean {
  if (body === undefined || body === null || typeof body !== 'object') return true;
  return !('getReader' in body || Symbol.asyncIterator in body || 'pipe' in body);
}

/** The init of one attempt: the caller's without `call`. A new object each time: a fetch may keep it. */
export function attemptInit(
  input: string | URL | Request,
  init: RequestInitWithCall | undefined,
  signal: AbortSignal,
  authHeader: string,
  token: string | undefined,
): RequestInit {
  const attempt = init !== undefined && 'call' in init ? withoutCall(init) : { ...init };
  attempt.signal = signal;
  if (token !== undefined) attempt.headers = withAuthHeader(input, init, authHeader, token);
  return attempt;
}

/** The headers of one attempt: the caller's own, with the auth header set over whatever spelling of it they had. */
export function withAuthHeader(
  input: string | URL | Request,
  init: RequestInit | undefined,
  authHeader: string,
  token: string,
): NonNullable<RequestInit['headers']> {
  const given = init?.headers ?? (isRequest(input) ? input.headers : undefined);
  if (given === undefined) return { [authHeader]: token };
  if (Array.isArray(given)) {
    const others = given.filter(([name]) => name?.toLowerCase() !== authHeader);
    return [...others, [authHeader, token]];
  }
  // Headers, or what of another realm works like them.
  if (Symbol.iterator in given) {
    const headers = new Headers(given);
    headers.set(authHeader, token);
    return headers;
  }
  return copyWith(given as Record<string, string>, authHeader, token);
}

/** The fast path: a plain object stays one, and no Headers is built. */
function copyWith(given: Readonly<Record<string, string>>, authHeader: string, token: string): Record<string, string> {
  const copy: Record<string, string> = { ...given, [authHeader]: token };
  for (const name in copy) {
    if (name !== authHeader && name.length === authHeader.length && name.toLowerCase() === authHeader)
      delete copy[name];
  }
  return copy;
}

/** Name by name: to spread the rest of an object is several times slower, and this runs for every attempt. */
function withoutCall(init: RequestInitWithCall): RequestInit {
  const { method, headers, body, signal } = init;
  const attempt: Record<string, unknown> = { method, headers, body, signal };
  for (const name in init) {
    switch (name) {
      case 'method':
      case 'headers':
      case 'body':
      case 'signal':
      case 'call':
        break;
      default:
        attempt[name] = init[name as keyof RequestInit];
    }
  }
  return attempt;
}

/** Would the platform itself refuse to build this request? Then the fault is in the arguments, and stays there. */
export function isUnbuildable(input: string | URL | Request, init: RequestInit = {}): boolean {
  if (typeof Request !== 'function') return false;
  try {
    // Without the body, which could be a stream that this would lock.
    const { body, signal: _signal, ...rest } = init;
    const probe = body === undefined || body === null ? rest : { ...rest, body: '' };
    return new Request(urlOf(input), probe).url === '';
  } catch {
    return true;
  }
}
