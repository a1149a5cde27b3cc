/**
 * What a code of Node, OpenSSL, undici or Bun proves by itself. A code that stands in no table proves nothing, and nothing
 * proven means: it may have been processed.
 */

/** Raised only while connecting. ECONNRESET is missing on purpose: it proves this only together with `syscall: 'connect'`. */
export const UNSENT_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'ConnectionRefused',
  'FailedToOpenSocket',
  'UND_ERR_PRX_CONN',
  'UND_ERR_PRX_TLS',
]);

/** System calls that come before the first byte of a request. */
export const UNSENT_SYSCALLS: ReadonlySet<string> = new Set(['connect', 'getaddrinfo']);

/** RFC 9113 section 8.7: a stream refused with this code was not processed. */
export const HTTP2_REFUSED_STREAM = 7;

/** Connect timeouts: nothing was written. */
export const CONNECT_TIMEOUT_CODES: ReadonlySet<string> = new Set(['UND_ERR_CONNECT_TIMEOUT', 'CONNECT_TIMEOUT']);

/** X.509, as Node names OpenSSL's verification results: never mended by another attempt, and found before the request is written. */
const CERTIFICATE_WILL_NOT_DO =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|INVALID_(?:CA|PURPOSE)$|ERR_TLS_CERT_ALTNAME_INVALID$)/;

/** Never mended by another attempt, and found before the request is written, too. */
const PERMANENT_UNSENT: readonly RegExp[] = [
  // the peer does not speak TLS, or no version and cipher in common
  /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|SSLV3_ALERT_HANDSHAKE_FAILURE|TLSV1_ALERT_PROTOCOL_VERSION|TLSV1_UNRECOGNIZED_NAME)$/,
  // the request itself
  /^ERR_INVALID_(?:URL|ARG_TYPE|ARG_VALUE|CHAR|HTTP_TOKEN)$/,
  /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED)$/,
  // the fetch was closed
  /^(?:UND_ERR|CLIENT|TRANSPORT)_CLOSED$/,
];

/** Never mended by another attempt, but the request was, or may have been, on its way. */
const PERMANENT_SENT =
  /^(?:UND_ERR_(?:HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE|RE[SQ]_CONTENT_LENGTH_MISMATCH|DESTROYED)$|HPE_|ERR_SSL_)/;

export function permanence(code: string): 'unsent' | 'sent' | undefined {
  if (CERTIFICATE_WILL_NOT_DO.test(code) || PERMANENT_UNSENT.some((codes) => codes.test(code))) return 'unsent';
  // HPE_: the answer is not HTTP. Other ERR_SSL_ codes: in TLS 1.3 an alert can follow the first request.
  return PERMANENT_SENT.test(code) ? 'sent' : undefined;
}
