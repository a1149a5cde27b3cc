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

/** Never mended by another attempt, and found before the request is written. */
const PERMANENT_UNSENT_CODES: ReadonlySet<string> = new Set([
  // X.509, as Node names OpenSSL's verification results
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  // the peer does not speak TLS, or no version and cipher in common
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
  // the request itself
  'ERR_INVALID_URL',
  'ERR_INVALID_ARG_TYPE',
  'ERR_INVALID_ARG_VALUE',
  'ERR_INVALID_CHAR',
  'ERR_INVALID_HTTP_TOKEN',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  // the fetch was closed
  'UND_ERR_CLOSED',
  'CLIENT_CLOSED',
  'TRANSPORT_CLOSED',
]);

/** Never mended by another attempt, but the request was, or may have been, on its way. */
const PERMANENT_SENT_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_DESTROYED',
]);

export function permanence(code: string): 'unsent' | 'sent' | undefined {
  if (PERMANENT_UNSENT_CODES.has(code)) return 'unsent';
  // HPE_: the answer is not HTTP. Other ERR_SSL_ codes: in TLS 1.3 an alert can follow the first request.
  if (PERMANENT_SENT_CODES.has(code) || code.startsWith('HPE_') || code.startsWith('ERR_SSL_')) return 'sent';
  return undefined;
}
