/** What is known about the request when the error is made. `unknown`: bytes may have reached the server. */
export type RequestSent = boolean | 'unknown';

export type TransportErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_REQUEST'
  | 'INVALID_HEADER'
  | 'INCOMPATIBLE_DISPATCHER'
  | 'CLOSED'
  | 'DNS_FAILED'
  | 'CONNECT_REFUSED'
  | 'CONNECT_TIMEOUT'
  | 'CONNECT_FAILED'
  | 'TLS_UNTRUSTED'
  | 'TLS_FAILED'
  | 'TLS_REQUIRED'
  | 'INVALID_PROXY'
  | 'PROXY_AUTH_REQUIRED'
  | 'PROXY_REFUSED'
  | 'PROXY_UNAVAILABLE'
  | 'HEAD_TOO_LARGE'
  | 'STREAM_REFUSED'
  | 'STREAM_RESET'
  | 'SESSION_ENDED'
  | 'CONNECTION_RESET'
  | 'CONNECTION_SILENT'
  | 'PROTOCOL_ERROR'
  | 'HEADERS_TIMEOUT'
  | 'BODY_TIMEOUT'
  | 'RESPONSE_TRUNCATED'
  | 'RESPONSE_TOO_LARGE'
  | 'DECODE_FAILED'
  | 'REQUEST_BODY_FAILED'
  | 'REDIRECT_REFUSED'
  | 'REDIRECT_LIMIT';

/**
 * Alerts by which a server turns a client away for want of a good certificate (RFC 8446 section 6.2), `CERTIFICATE_REQUIRED` and its likes
 * among them. With TLS 1.3 they arrive after the client has already sent its first request.
 */
export const CERTIFICATE_ALERT: RegExp =
  /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)/;

export type CodeFacts = readonly [
  message: string,
  hint: string,
  /** Where it does not depend on the moment. */
  requestSent?: RequestSent | undefined,
  /** The same call would fail in the same way: a person has to change something first. */
  permanent?: true,
  /** Better advice, where the code of the cause (Node's or OpenSSL's) tells more. The first that fits. */
  hintsByCause?: readonly (readonly [cause: RegExp, hint: string])[],
];

/** Every code of this package, with the words that go with it. The README's table is checked against these names. */
export const ERROR_CODES: Readonly<Record<TransportErrorCode, CodeFacts>> = {
  INVALID_OPTION: ['A transport option is not valid', 'See `option`.', false, true],
  INVALID_REQUEST: ['The arguments of fetch are not valid', 'Correct what `detail` names.', false, true],
  INVALID_HEADER: [
    'A request header is not valid',
    'See `header`: it holds a character that HTTP does not allow.',
    false,
    true,
  ],
  INCOMPATIBLE_DISPATCHER: [
    'The dispatcher is not one of undici 7 or 8',
    'See `found` and `wanted`, or leave it out.',
    false,
    true,
  ],
  CLOSED: ['The transport is closed', 'Make another one, or close it later.', undefined, true],
  DNS_FAILED: ['The host name could not be resolved', 'Check the host of the URL and the DNS of this machine.', false],
  CONNECT_REFUSED: [
    'The connection was refused',
    'Check that the server runs and listens where the URL points; see `addresses`.',
    false,
  ],
  CONNECT_TIMEOUT: [
    'No connection was made in time',
    'Check the route to the server (firewall, proxy), or raise `connectTimeoutMs`.',
    false,
  ],
  CONNECT_FAILED: [
    'No connection could be made',
    'Check the route to the server (firewall, proxy); see `addresses`.',
    false,
  ],
  TLS_UNTRUSTED: [
    "The server's certificate is not trusted",
    'Give the CA that signed it by `tls.ca`.',
    false,
    true,
    [
      [/EXPIRED/, 'The certificate has expired: renew it on the server, or correct the clock of this machine.'],
      [/NOT_YET_VALID/, 'The certificate is not valid yet: correct the clock of this machine.'],
      [/ALTNAME|HOSTNAME/, 'Use a host name that the certificate is made for; see `cause`.'],
    ],
  ],
  TLS_FAILED: [
    'The TLS handshake failed',
    'Check that the port speaks TLS, and the client certificate (`tls.cert`, `tls.key`).',
    false,
    true,
    [
      [
        /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/,
        'The port does not speak TLS: begin the URL with http://, or give another port.',
      ],
      [CERTIFICATE_ALERT, 'The server wants another client certificate: give it by `tls.cert` and `tls.key`.'],
    ],
  ],
  TLS_REQUIRED: [
    'The port speaks TLS, but the URL begins with http://',
    'Begin the URL with https://, or give another port.',
    // It may take both, and have lost the answer to this one.
    undefined,
    true,
  ],
  INVALID_PROXY: ['The proxy URL is not usable', 'Give an http:// or https:// URL; see `source`.', false, true],
  PROXY_AUTH_REQUIRED: [
    'The proxy asks for credentials',
    'Put user and password into the proxy URL (see `source`): http://user:password@host:port.',
    false,
    true,
  ],
  PROXY_REFUSED: [
    'The proxy refused the tunnel',
    'Let the proxy allow the target, or exempt it by NO_PROXY; see `status`.',
    false,
    true,
  ],
  PROXY_UNAVAILABLE: ['The proxy could not reach the server', 'Check the target from the machine of the proxy.', false],
  HEAD_TOO_LARGE: [
    'URL and headers are larger than the server takes',
    'Ask for less at once, or make them shorter: many servers take 8 KiB; see `detail`.',
    undefined,
    true,
  ],
  STREAM_REFUSED: [
    'The server refused the stream before processing it',
    'Send it again later: the server sheds load or restarts.',
    false,
  ],
  STREAM_RESET: ['The server reset the stream', 'See `http2Code` and the log of the server.'],
  SESSION_ENDED: ['The HTTP/2 session ended under a running call', 'See `http2Code` and the log of the server.'],
  CONNECTION_RESET: [
    'The connection was lost under a running call',
    'Look at the server and what stands before it (load balancer, proxy).',
  ],
  CONNECTION_SILENT: [
    'The connection went silent under a running call',
    'Something on the way dropped it. The next call opens a new one.',
  ],
  PROTOCOL_ERROR: ['The answer is not valid HTTP', 'Check the port of the URL.', undefined, true],
  HEADERS_TIMEOUT: ['No answer came in time', 'Raise `headersTimeoutMs`, or look at the server.'],
  BODY_TIMEOUT: [
    'The body stood still for too long',
    'Read or cancel the body, raise `bodyIdleTimeoutMs`, or look at the server.',
    true,
  ],
  RESPONSE_TRUNCATED: [
    'The body ended before it was complete',
    'Look at what stands before the server (load balancer, proxy).',
    true,
  ],
  RESPONSE_TOO_LARGE: [
    'The body is larger than the limit',
    'Raise `maxResponseBytes`, or ask for less at once.',
    true,
    true,
  ],
  DECODE_FAILED: [
    'The body could not be decompressed',
    'See `encoding`, and what stands before the server (load balancer, proxy).',
    true,
  ],
  REQUEST_BODY_FAILED: ["The request's body stream failed", 'Mend the stream; see `cause`.'],
  REDIRECT_REFUSED: [
    'The redirect was not followed',
    'The URL is not the final one: use `location`, or look for a login page or gateway before the server; see `reason`.',
    true,
    true,
  ],
  REDIRECT_LIMIT: ['There were too many redirects', 'Check the URL: the server redirects in a circle.', true, true],
};
