import { expect, test } from 'vitest';
import { classifyError } from '../src/classify-error.ts';
import type { FailureOutcome } from '../src/outcome.ts';

const BEFORE_SENDING: FailureOutcome = { kind: 'permanent', sent: false };
const MAYBE_SENT: FailureOutcome = { kind: 'permanent', sent: true };

/** What is known of an attempt that failed with one of these codes alone. Written down a second time on purpose: each is a promise. */
const PROOFS: readonly (readonly [string, FailureOutcome, string])[] = [
  [
    'nothing was sent',
    { kind: 'unsent' },
    'ECONNREFUSED ENOTFOUND EAI_AGAIN EAI_FAIL EAI_NODATA EAI_NONAME ConnectionRefused FailedToOpenSocket UND_ERR_PRX_CONN UND_ERR_PRX_TLS',
  ],
  ['no connection came up in time', { kind: 'timeout', sent: false }, 'UND_ERR_CONNECT_TIMEOUT CONNECT_TIMEOUT'],
  [
    'no answer came in time',
    { kind: 'timeout', sent: true },
    'UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT BODY_TIMEOUT',
  ],
  [
    'the certificate will not do',
    BEFORE_SENDING,
    'CERT_CHAIN_TOO_LONG CERT_HAS_EXPIRED CERT_NOT_YET_VALID CERT_REJECTED CERT_REVOKED CERT_SIGNATURE_FAILURE CERT_UNTRUSTED CRL_HAS_EXPIRED CRL_NOT_YET_VALID CRL_SIGNATURE_FAILURE DEPTH_ZERO_SELF_SIGNED_CERT ERROR_IN_CERT_NOT_AFTER_FIELD ERROR_IN_CERT_NOT_BEFORE_FIELD HOSTNAME_MISMATCH INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY UNABLE_TO_DECRYPT_CERT_SIGNATURE UNABLE_TO_GET_CRL UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  [
    'no TLS in common',
    BEFORE_SENDING,
    'ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_PACKET_LENGTH_TOO_LONG ERR_SSL_UNSUPPORTED_PROTOCOL ERR_SSL_NO_PROTOCOLS_AVAILABLE ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
  ],
  [
    'no request can be made of it',
    BEFORE_SENDING,
    'ERR_INVALID_URL ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_INVALID_CHAR ERR_INVALID_HTTP_TOKEN UND_ERR_INVALID_ARG UND_ERR_NOT_SUPPORTED',
  ],
  ['the fetch was closed', BEFORE_SENDING, 'UND_ERR_CLOSED CLIENT_CLOSED TRANSPORT_CLOSED'],
  [
    'the answer will not do',
    MAYBE_SENT,
    'UND_ERR_HEADERS_OVERFLOW UND_ERR_RES_EXCEEDED_MAX_SIZE UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_REQ_CONTENT_LENGTH_MISMATCH UND_ERR_DESTROYED HPE_INVALID_CONSTANT HPE_LF_EXPECTED ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  ],
  [
    'it may have been processed',
    { kind: 'ambiguous' },
    'ECONNRESET EPIPE UND_ERR_SOCKET UND_ERR_ABORTED ETIMEDOUT ERR_HTTP2_STREAM_ERROR ERR_HTTP2_SESSION_ERROR XHPE_ XERR_SSL_ TIMEOUT',
  ],
];

/** Some codes begin or end like a whole family, whose rule is in the prefix or the suffix alone. */
const FAMILY = /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|HPE_|ERR_SSL_)|_TIMEOUT$/;
const NEIGHBOURS = PROOFS.flatMap(([, , codes]) => codes.split(' '))
  .flatMap((code) => [`X_${code}`, `${code}X`])
  .filter((code) => !FAMILY.test(code));

test.each(NEIGHBOURS)('%s is no code of ours, and proves nothing', (code) => {
  expect(classifyError(Object.assign(new Error(code), { code })).kind).toBe('ambiguous');
});
