// Checked by the compiler only: what users write must type-check, and what would fail at run time must not.
import {
  createTransport,
  type Fetch,
  ProxyAuthError,
  resolveFetchFn,
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportOptions,
  type TransportStats,
} from '../src/index.ts';

// Every setting, an explicit undefined among them.
export const options: TransportOptions = {
  http2: 'prior-knowledge',
  maxHttp2Sessions: 4,
  connectTimeoutMs: undefined,
  tls: { ca: ['pem', new Uint8Array()], caMode: 'replace', cert: 'pem', key: 'pem', servername: 'a' },
  proxy: false,
  sensitiveHeaders: ['x-authorization'],
  logger: console,
};
export const transport: Transport = createTransport(options);
export const stats: TransportStats = transport.stats();
export const closed: Promise<void> = transport.close({ timeoutMs: 1 });

// Its fetch goes wherever a fetch goes, and takes what a fetch takes.
export const asGlobal: typeof fetch = transport.fetch;
export const answer: Promise<Response> = transport.fetch(new URL('http://a'), { method: 'POST', body: 'x' });
export const ofRequest: Promise<Response> = transport.fetch(new Request('http://a'), {
  signal: AbortSignal.timeout(1),
});
export const inPlace: Fetch = resolveFetchFn({}, globalThis.fetch).fetch;

declare const error: unknown;
if (error instanceof TransportError) {
  const code: TransportErrorCode = error.code;
  const sent: boolean | 'unknown' = error.requestSent;
  const facts: [string, boolean, string | undefined] = [error.hint, error.permanent, error.origin];
  void [code, sent, facts];
  // @ts-expect-error a code is one of a list
  if (error.code === 'NO_SUCH_CODE') throw error;
  // @ts-expect-error an error does not change
  error.requestSent = false;
}
if (error instanceof ProxyAuthError) void (error satisfies TransportError);

// @ts-expect-error a misspelt option
createTransport({ maxHttp2Session: 1 });
// @ts-expect-error there is no such way
createTransport({ http2: 'always' });
// @ts-expect-error PEM contents, and no object that holds them
createTransport({ tls: { ca: { pem: 'x' } } });
