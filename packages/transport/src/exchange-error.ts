import type { Call } from './call.ts';
import { connectError } from './connect-error.ts';
import { CERTIFICATE_ALERT } from './error-codes.ts';
import type { TransportErrorCode } from './error-codes.ts';
import { ownCopy } from './own-copy.ts';
import { TransportError } from './transport-error.ts';

const UNDICI: Readonly<Record<string, TransportErrorCode>> = {
  UND_ERR_HEADERS_OVERFLOW: 'PROTOCOL_ERROR',
  UND_ERR_HEADERS_TIMEOUT: 'HEADERS_TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'BODY_TIMEOUT',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'RESPONSE_TOO_LARGE',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'REQUEST_BODY_FAILED',
};

/** The error of a call that undici reports as failed. `started`: undici had begun to write the request. */
export function exchangeError(raw: Error, call: Call, started: boolean): TransportError {
  if (raw instanceof TransportError) return ownCopy(raw);
  const { origin } = call.request;
  const code = codeOf(raw);
  const init = { cause: raw, origin };
  if (!started) {
    if (code === 'UND_ERR_INVALID_ARG') return new TransportError('INVALID_REQUEST', { ...init, detail: raw.message });
    if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED')
      return new TransportError('CLOSED', { ...init, requestSent: false });
    if (code === 'UND_ERR_CONNECT_TIMEOUT') return new TransportError('CONNECT_TIMEOUT', init);
    return connectError(raw, { origin, proxy: undefined, timeoutMs: 0, leg: 'target' });
  }
  if (CERTIFICATE_ALERT.test(code)) return new TransportError('TLS_FAILED', init);
  const sent = { ...init, requestSent: call.isAnswered ? true : ('unknown' as const) };
  return new TransportError(codeOfBroken(raw, code, call.isAnswered), sent);
}

/** What has happened to a call that was sent. */
function codeOfBroken(raw: Error, code: string, isAnswered: boolean): TransportErrorCode {
  const known = UNDICI[code];
  if (known !== undefined) return known;
  if (raw.name === 'HTTPParserError' || /^bad (response|upgrade)$/.test(raw.message)) return 'PROTOCOL_ERROR';
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return isAnswered ? 'RESPONSE_TRUNCATED' : 'PROTOCOL_ERROR';
  // A FIN in the body is a cut body; before the head it is a lost connection.
  return code === 'UND_ERR_SOCKET' && isAnswered ? 'RESPONSE_TRUNCATED' : 'CONNECTION_RESET';
}

/** The code of an error of Node, OpenSSL or undici. */
export function codeOf(error: Error | undefined): string {
  return error !== undefined && 'code' in error ? String(error.code) : '';
}

export function isHandshakeAlert(error: Error): boolean {
  return CERTIFICATE_ALERT.test(codeOf(error));
}
