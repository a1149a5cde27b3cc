import { encodeBody } from './request-body.ts';
import type { EncodedBody, RequestBody } from './request-body.ts';
import { addHeaders, TOKEN } from './request-headers.ts';
import type { HeaderRecord } from './request-headers.ts';
import { TransportError } from './transport-error.ts';
import type { DispatcherLike } from './transport-options.ts';

export type RedirectMode = 'follow' | 'error' | 'manual';

/** One call, checked and in the form in which it is sent. */
export interface PreparedRequest {
  readonly method: string;
  /** `https://host:port`, without a default port. */
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: HeaderRecord;
  readonly body: RequestBody;
  readonly signal: AbortSignal | undefined;
  readonly redirect: RedirectMode;
  readonly dispatcher: DispatcherLike | undefined;
  /** A 303 has said that the request was carried out, and that this one only fetches its result (RFC 9110 section 15.4.4). */
  readonly isDone?: boolean;
}

export type FetchInput = string | URL | Request;

interface Init {
  readonly method?: string | undefined;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
  readonly redirect?: string | undefined;
  readonly integrity?: string | undefined;
  readonly dispatcher?: DispatcherLike | undefined;
}

/** A Request of any copy of undici, seen from outside. */
interface RequestLike {
  readonly url: string;
  readonly method: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body: unknown;
  readonly redirect: string;
  readonly signal: AbortSignal;
  arrayBuffer(): Promise<ArrayBuffer>;
}

const NOTHING: Init = {};
/** Only these are known in lower case as well (Fetch standard). */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** What this Node can decompress. Looked up with the first call, and not at import. */
let acceptEncoding: string | undefined;

/**
 * The short road is synchronous: a URL and a body of text or bytes. A promise only where bytes have to be waited for.
 * @throws TransportError INVALID_REQUEST, INVALID_HEADER
 */
export function prepareRequest(
  input: FetchInput,
  init?: RequestInit | null,
): PreparedRequest | Promise<PreparedRequest> {
  const options: Init = init ?? NOTHING;
  checkSignal(options.signal);
  if (typeof input === 'string') return assemble(input, options, encodeBody(options.body));
  if (input instanceof URL || !isRequestLike(input)) return assemble(String(input), options, encodeBody(options.body));
  checkSignal(input.signal);
  const headers: HeaderRecord = {};
  addHeaders(headers, (options.headers ?? input.headers) as HeaderRecord);
  const merged: Init = {
    method: options.method ?? input.method,
    headers,
    signal: options.signal === undefined ? input.signal : options.signal,
    redirect: options.redirect ?? input.redirect,
    integrity: options.integrity,
    dispatcher: options.dispatcher,
  };
  // The body of a Request is read whole: then it has a length and can be sent again after a GOAWAY or a redirect.
  const own = (options.body ?? null) === null && (input.body ?? null) !== null;
  return assemble(input.url, merged, own ? input.arrayBuffer().then(encodeBody) : encodeBody(options.body));
}

function isRequestLike(input: object | null | undefined): input is RequestLike {
  return typeof input === 'object' && input !== null && 'url' in input && 'method' in input && 'arrayBuffer' in input;
}

function assemble(
  url: string,
  init: Init,
  encoded: EncodedBody | Promise<EncodedBody>,
): PreparedRequest | Promise<PreparedRequest> {
  if (encoded instanceof Promise) return encoded.then((done) => finish(url, init, done));
  return finish(url, init, encoded);
}

function finish(url: string, init: Init, { body, contentType }: EncodedBody): PreparedRequest {
  const method = init.method === undefined ? 'GET' : checkMethod(init.method);
  const target = splitUrl(url);
  const redirect = init.redirect ?? 'follow';
  if (redirect !== 'follow' && redirect !== 'error' && redirect !== 'manual') throw invalid('redirect');
  if (body !== null && (method === 'GET' || method === 'HEAD')) throw invalid('body: a GET or HEAD has none');
  // Better an error than a check that is silently not made.
  if (init.integrity) throw invalid('integrity: not supported');
  const headers: HeaderRecord = {};
  addHeaders(headers, init.headers as HeaderRecord);
  headers['accept'] ??= '*/*';
  headers['accept-encoding'] ??= acceptEncoding ??= decodable();
  headers['user-agent'] ??= 'node';
  if (contentType !== undefined) headers['content-type'] ??= contentType;
  return {
    method,
    origin: target.origin,
    path: target.path,
    headers,
    body,
    signal: init.signal ?? undefined,
    redirect,
    dispatcher: init.dispatcher,
  };
}

/** Before anything is read or sent: what is no signal fails in the middle of the call, where nobody could be told. */
function checkSignal(signal: AbortSignal | null | undefined): void {
  if (signal === undefined || signal === null) return;
  if (
    typeof signal.aborted !== 'boolean' ||
    typeof signal.addEventListener !== 'function' ||
    typeof signal.removeEventListener !== 'function'
  )
    throw invalid('signal');
}

function checkMethod(method: string): string {
  if (typeof method !== 'string') throw invalid('method');
  const upper = method.toUpperCase();
  if (METHODS.has(upper)) return upper;
  if (!TOKEN.test(method) || FORBIDDEN_METHODS.has(upper)) throw invalid('method');
  return method;
}

/** Origins as callers write them, once parsed. Process-wide and bounded. */
const knownOrigins = new Set<string>();
/** Most programs talk to one server: to compare with it is cheaper than to look it up. */
let lastOrigin = 'none';
/** Nearly all paths: to see that takes less time than to look for what follows. */
const PLAIN = /^[\w/?=&,:-]*$/;
/** Anything that the URL parser might change: then it has to be asked. */
const NEEDS_PARSER = /[^\x21-\x7e]|[\\"<>^`{|}#]|\/\.|%2e/i;

/** Parsing a URL costs more than all the rest of this file, so the path of a known origin is cut off by hand. */
export function splitUrl(url: string): { readonly origin: string; readonly path: string } {
  const slash = url.indexOf('/', 8);
  const origin = slash === -1 ? undefined : knownOrigin(url, slash);
  if (origin !== undefined) {
    const path = url.slice(slash);
    if (PLAIN.test(path) || !NEEDS_PARSER.test(path)) return { origin, path };
  }
  const parsed = URL.parse(url);
  if (parsed === null) throw invalid('url');
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw invalid('url: neither http: nor https:');
  if (parsed.username !== '' || parsed.password !== '') throw invalid('url: it holds credentials; use a header');
  if (knownOrigins.size < 100) knownOrigins.add(parsed.origin);
  return { origin: parsed.origin, path: parsed.pathname + parsed.search };
}

function knownOrigin(url: string, end: number): string | undefined {
  const origin = url.slice(0, end);
  if (origin === lastOrigin) return lastOrigin;
  if (!knownOrigins.has(origin)) return undefined;
  lastOrigin = origin;
  return origin;
}

function invalid(detail: string): TransportError {
  return new TransportError('INVALID_REQUEST', { detail });
}

function decodable(): string {
  const usual = 'gzip, deflate, br';
  return 'createZstdDecompress' in process.getBuiltinModule('node:zlib') ? `${usual}, zstd` : usual;
}
