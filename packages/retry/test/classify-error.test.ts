import { expect, test } from 'vitest';
import { classifyBodyError, classifyError, isBareTypeError } from '../src/classify-error.ts';
import { networkError } from './scripted-fetch.ts';

test.each([
  ['port closed', 'ECONNREFUSED', {}, { kind: 'unsent' }],
  ['no such host', 'ENOTFOUND', { syscall: 'getaddrinfo' }, { kind: 'unsent' }],
  ['resolver busy', 'EAI_AGAIN', {}, { kind: 'unsent' }],
  ['reset while connecting', 'ECONNRESET', { syscall: 'connect' }, { kind: 'unsent' }],
  ['proxy connection dropped', 'UND_ERR_PRX_CONN', {}, { kind: 'unsent' }],
  ['no route, while connecting', 'EHOSTUNREACH', { syscall: 'connect' }, { kind: 'unsent' }],
  ['stream refused', 'ERR_HTTP2_STREAM_ERROR', { http2ErrorCode: 7 }, { kind: 'unsent', refusedByPeer: true }],
  ['reset while reading', 'ECONNRESET', { syscall: 'read' }, { kind: 'ambiguous' }],
  ['reset, nobody says when', 'ECONNRESET', {}, { kind: 'ambiguous' }],
  ['broken pipe', 'EPIPE', { syscall: 'write' }, { kind: 'ambiguous' }],
  ['other side closed', 'UND_ERR_SOCKET', {}, { kind: 'ambiguous' }],
  ['stream reset by a fault', 'ERR_HTTP2_STREAM_ERROR', { http2ErrorCode: 2 }, { kind: 'ambiguous' }],
  ['tunnel refused, under the name of an abort', 'UND_ERR_ABORTED', { name: 'AbortError' }, { kind: 'ambiguous' }],
  ['lost while reading', 'ETIMEDOUT', { syscall: 'read' }, { kind: 'ambiguous' }],
  ['connect timeout', 'UND_ERR_CONNECT_TIMEOUT', {}, { kind: 'timeout', sent: false }],
  ['connect timeout of the system', 'ETIMEDOUT', { syscall: 'connect' }, { kind: 'timeout', sent: false }],
  ['headers timeout', 'UND_ERR_HEADERS_TIMEOUT', {}, { kind: 'timeout', sent: true }],
  ['body timeout', 'UND_ERR_BODY_TIMEOUT', {}, { kind: 'timeout', sent: true }],
  ['untrusted certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}, { kind: 'permanent', sent: false }],
  ['expired certificate', 'CERT_HAS_EXPIRED', {}, { kind: 'permanent', sent: false }],
  ['certificate for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', {}, { kind: 'permanent', sent: false }],
  ['no TLS there', 'ERR_SSL_WRONG_VERSION_NUMBER', {}, { kind: 'permanent', sent: false }],
  ['alert after the handshake', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', {}, { kind: 'permanent', sent: true }],
  ['bad URL', 'ERR_INVALID_URL', {}, { kind: 'permanent', sent: false }],
  ['bad argument', 'UND_ERR_INVALID_ARG', {}, { kind: 'permanent', sent: false }],
  ['closed', 'UND_ERR_CLOSED', {}, { kind: 'permanent', sent: false }],
  ['not HTTP', 'HPE_INVALID_CONSTANT', {}, { kind: 'permanent', sent: true }],
  ['headers too large', 'UND_ERR_HEADERS_OVERFLOW', {}, { kind: 'permanent', sent: true }],
  ['body too large', 'UND_ERR_RES_EXCEEDED_MAX_SIZE', {}, { kind: 'permanent', sent: true }],
])('%s (%s %j)', (_fault, code, facts, expected) => {
  expect(classifyError(networkError(code, facts))).toEqual({ code, ...expected });
});

test('what the transport says of itself wins over every code below it', () => {
  const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  const said = { code: 'CONNECTION_RESET', requestSent: 'unknown', permanent: false };
  expect(classifyError(Object.assign(new Error('x', { cause }), said))).toEqual({
    kind: 'ambiguous',
    code: 'CONNECTION_RESET',
  });
  const untrusted = Object.assign(new Error('x'), { code: 'TLS_UNTRUSTED', requestSent: false, permanent: true });
  expect(classifyError(untrusted)).toEqual({ kind: 'permanent', code: 'TLS_UNTRUSTED', sent: false });
});

test('requestSent decides where there is no known code', () => {
  expect(classifyError({ requestSent: false }).kind).toBe('unsent');
  expect(classifyError({ requestSent: true }).kind).toBe('ambiguous');
  expect(classifyError({ requestSent: 'unknown' }).kind).toBe('ambiguous');
});

test('a stream that the transport says was refused is free of charge', () => {
  const error = { code: 'STREAM_REFUSED', requestSent: false, permanent: false };
  expect(classifyError(error)).toEqual({ kind: 'unsent', code: 'STREAM_REFUSED', refusedByPeer: true });
});

test('the addresses of an AggregateError are looked at', () => {
  const tried = [Object.assign(new Error('a'), { code: 'ETIMEDOUT', syscall: 'connect' })];
  expect(classifyError(new AggregateError(tried))).toEqual({ kind: 'timeout', code: 'ETIMEDOUT', sent: false });
});

test('an error of AbortSignal.timeout is a timeout, an HTTPParserError is not HTTP', () => {
  expect(classifyError(new DOMException('', 'TimeoutError'))).toMatchObject({ kind: 'timeout', sent: true });
  expect(classifyError({ name: 'HTTPParserError' })).toMatchObject({ kind: 'permanent', sent: true });
});

test.each([undefined, null, 'text', 7, new Error('boom')])(
  'an unknown failure may have been processed: %s',
  (thrown) => {
    expect(classifyError(thrown).kind).toBe('ambiguous');
  },
);

test('a redirect that was not followed turned the request away: it was not carried out', () => {
  const refused = networkError('REDIRECT_REFUSED', { status: 302, requestSent: true, permanent: true });
  expect(classifyError(refused)).toMatchObject({ kind: 'permanent', sent: false });
  // This one points to the result of what was carried out.
  const seeOther = networkError('REDIRECT_REFUSED', { status: 303, requestSent: true, permanent: true });
  expect(classifyError(seeOther)).toMatchObject({ kind: 'permanent', sent: true });
  // Nobody says here that trying again is useless, so nothing is concluded from the status.
  expect(classifyError(networkError('ODD', { status: 302 }))).toMatchObject({ kind: 'ambiguous' });
});

test('a chain of causes that bites its tail ends', () => {
  const error: Error & { cause?: unknown } = new Error('a');
  error.cause = error;
  expect(classifyError(error).kind).toBe('ambiguous');
});

test('what fails after the headers was sent, whatever its code says', () => {
  expect(classifyBodyError(networkError('ECONNREFUSED')).kind).toBe('ambiguous');
  expect(classifyBodyError(networkError('UND_ERR_RES_EXCEEDED_MAX_SIZE'))).toMatchObject({
    kind: 'permanent',
    sent: true,
  });
  expect(classifyBodyError(networkError('ERR_INVALID_ARG_TYPE'))).toMatchObject({ kind: 'permanent', sent: true });
});

test('only a TypeError without code and cause is a bare one', () => {
  expect(isBareTypeError(new TypeError('Failed to fetch'))).toBe(true);
  expect(isBareTypeError(networkError('ECONNRESET'))).toBe(false);
  expect(isBareTypeError(new Error('x'))).toBe(false);
});

test.each([
  [299, true],
  [300, false],
  [399, false],
  [400, true],
  ['302', true],
])('a permanent failure with status %o was sent: %s', (status, sent) => {
  expect(classifyError({ status, permanent: true, requestSent: true })).toMatchObject({ kind: 'permanent', sent });
});

test('a transport that says both is asked no further; one that says one thing is', () => {
  const cause = { code: 'UND_ERR_HEADERS_TIMEOUT' };
  expect(classifyError({ requestSent: true, permanent: false, cause }).kind).toBe('ambiguous');
  expect(classifyError({ requestSent: true, cause }).kind).toBe('timeout');
  expect(classifyError({ permanent: false, cause }).kind).toBe('timeout');
});

test('what is neither true nor false says nothing of permanence', () => {
  expect(classifyError({ permanent: 'no' }).kind).toBe('ambiguous');
});

test('a lost body is ambiguous and nothing more', () => {
  expect(classifyBodyError({ code: 'ECONNRESET' })).toEqual({ kind: 'ambiguous', code: 'ECONNRESET' });
});

test('a TypeError that knows something is no bare one', () => {
  expect(isBareTypeError(Object.assign(new TypeError('x'), { code: 'X' }))).toBe(false);
  expect(isBareTypeError(Object.assign(new TypeError('x'), { requestSent: true }))).toBe(false);
});

test.each([
  ['https://a/x', 443, 'unsent'],
  ['http://a/x', 80, 'unsent'],
  ['https://a/x', 80, 'ambiguous'],
  ['http://a/x', 443, 'ambiguous'],
  ['/x', 81, 'unsent'],
])('a request to %s that could not connect to port %i is %s', (url, port, kind) => {
  const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect', port });
  expect(classifyError(error, url).kind).toBe(kind);
});
