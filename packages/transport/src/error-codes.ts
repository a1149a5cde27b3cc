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

export interface CodeFacts {
  readonly message: string;
  readonly hint: string;
  /** Where it does not depend on the moment. */
  readonly requestSent?: RequestSent;
  /** The same call would fail in the same way: a person has to change something first. */
  readonly permanent?: true;
  /** Better advice, where the code of the cause (Node's or OpenSSL's) tells more. The first that fits. */
  readonly hintsByCause?: readonly (readonly [cause: RegExp, hint: string])[];
}

/** Every code of this package, with the words that go with it. The README's table is checked against these names. */
export const ERROR_CODES: Readonly<Record<TransportErrorCode, CodeFacts>> = {
  INVALID_OPTION: {
    message: 'A transport option is not valid',
    hint: 'See the field `option`.',
    requestSent: false,
    permanent: true,
  },
  INVALID_REQUEST: {
    message: 'The arguments of fetch are not valid',
    hint: 'See the field `detail`.',
    requestSent: false,
    permanent: true,
  },
  INVALID_HEADER: {
    message: 'A request header is not valid',
    hint: 'See the field `header`: its name or value holds a character that HTTP does not allow.',
    requestSent: false,
    permanent: true,
  },
  INCOMPATIBLE_DISPATCHER: {
    message: 'The dispatcher does not speak the handler interface of undici 7 and 8',
    hint: 'Make it with the undici version named in `wanted`, or leave it out.',
    requestSent: false,
    permanent: true,
  },
  CLOSED: {
    message: 'The transport is closed',
    hint: 'Make a new transport, or close this one later.',
    permanent: true,
  },
  DNS_FAILED: {
    message: 'The host name could not be resolved',
    hint: 'Check the host of the URL and the DNS of this machine.',
    requestSent: false,
  },
  CONNECT_REFUSED: {
    message: 'The connection was refused',
    hint: 'Check that the server runs and listens on the host and port of the URL; `addresses` lists what was tried.',
    requestSent: false,
  },
  CONNECT_TIMEOUT: {
    message: 'No connection was made in time',
    hint: 'Check the route to the server (firewall, proxy), or raise the connect timeout.',
    requestSent: false,
  },
  CONNECT_FAILED: {
    message: 'No connection could be made',
    hint: 'Check the route to the server; `addresses` lists what was tried.',
    requestSent: false,
  },
  TLS_UNTRUSTED: {
    message: "The server's certificate is not trusted",
    hint: 'Give the CA that signed it by `tls.ca`.',
    requestSent: false,
    permanent: true,
    hintsByCause: [
      [
        /EXPIRED/,
        'The certificate has expired: renew it on the server. If it has not, the clock of this machine is wrong.',
      ],
      [/NOT_YET_VALID/, 'The certificate is not valid yet: check the clock of this machine.'],
      [/ALTNAME|HOSTNAME/, 'Use a host name in the URL that the certificate is made for: `cause` lists them.'],
    ],
  },
  TLS_FAILED: {
    message: 'The TLS handshake failed',
    hint: 'Check that the port speaks TLS, and which client certificate the server asks for (`tls.cert`, `tls.key`).',
    requestSent: false,
    permanent: true,
    hintsByCause: [
      [
        /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/,
        'The port answers without TLS: begin the URL with http://, or give the port that speaks TLS.',
      ],
      [
        /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED)/,
        'The server wants a client certificate that it accepts: give it by `tls.cert` and `tls.key`.',
      ],
    ],
  },
  TLS_REQUIRED: {
    message: 'The port speaks TLS, but the URL begins with http://',
    hint: 'Begin the URL with https://, or give the port that speaks plain HTTP.',
    requestSent: false,
    permanent: true,
  },
  INVALID_PROXY: {
    message: 'The proxy URL is not usable',
    hint: 'Give an http:// or https:// URL; `source` says where this one came from.',
    requestSent: false,
    permanent: true,
  },
  PROXY_AUTH_REQUIRED: {
    message: 'The proxy asks for credentials',
    hint: 'Put the right user and password into the proxy URL (`source` says where it comes from): http://user:password@host:port.',
    requestSent: false,
    permanent: true,
  },
  PROXY_REFUSED: {
    message: 'The proxy refused the tunnel',
    hint: 'Ask for the target to be allowed in the proxy, or exempt it by NO_PROXY; `status` is the answer of the proxy.',
    requestSent: false,
    permanent: true,
  },
  PROXY_UNAVAILABLE: {
    message: 'The proxy could not reach the server',
    hint: 'Check the target from the machine of the proxy.',
    requestSent: false,
  },
  STREAM_REFUSED: {
    message: 'The server refused the stream before processing it',
    hint: 'Send it again later: the server is shedding load or restarting.',
    requestSent: false,
  },
  STREAM_RESET: { message: 'The server reset the stream', hint: 'See `http2Code`, the reason the server gave.' },
  SESSION_ENDED: {
    message: 'The HTTP/2 session ended under a running call',
    hint: 'See `http2Code`, the reason the server gave.',
  },
  CONNECTION_RESET: {
    message: 'The connection was lost under a running call',
    hint: 'Look at the server and at what stands between (load balancer, proxy).',
  },
  CONNECTION_SILENT: {
    message: 'The connection went silent under a running call',
    hint: 'Something on the way dropped the connection without saying so. The next call opens a new one.',
  },
  PROTOCOL_ERROR: {
    message: 'The answer is not valid HTTP',
    hint: 'Check that the URL names the HTTP port of the server.',
    permanent: true,
  },
  HEADERS_TIMEOUT: { message: 'No answer came in time', hint: 'Raise `headersTimeoutMs`, or look at the server.' },
  BODY_TIMEOUT: {
    message: 'The body stood still for too long',
    hint: 'Read or cancel the body, raise `bodyIdleTimeoutMs`, or look at the server.',
    requestSent: true,
  },
  RESPONSE_TRUNCATED: {
    message: 'The body ended before it was complete',
    hint: 'Look at what stands between client and server: the connection was cut.',
    requestSent: true,
  },
  RESPONSE_TOO_LARGE: {
    message: 'The body is larger than the limit',
    hint: 'Raise `maxResponseBytes`, or ask the server for less.',
    requestSent: true,
    permanent: true,
  },
  DECODE_FAILED: {
    message: 'The body could not be decompressed',
    hint: 'See `encoding`; look at what stands between client and server.',
    requestSent: true,
  },
  REQUEST_BODY_FAILED: {
    message: "The request's body stream failed",
    hint: 'See `cause`: it is the error of the stream.',
  },
  REDIRECT_REFUSED: {
    message: 'The redirect was not followed',
    hint: 'Use the URL in `location` if that is where the server lives; `reason` says why it was not followed.',
    requestSent: true,
    permanent: true,
  },
  REDIRECT_LIMIT: {
    message: 'There were too many redirects',
    hint: 'Look at the server: it redirects in a circle.',
    requestSent: true,
    permanent: true,
  },
};
