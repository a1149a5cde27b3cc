/** What kind of refusal a status is. */
export type ApiErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'SERVER_TIMEOUT'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'LOCKED'
  | 'RATE_LIMITED'
  | 'CLIENT_ERROR'
  | 'SERVER_ERROR'
  | 'NOT_IMPLEMENTED'
  | 'UNAVAILABLE'
  | 'UNEXPECTED_STATUS'
  | 'UNSUPPORTED_BY_SERVER';

/** Code, wording and advice for one status or one family of statuses. */
export interface ApiErrorKind {
  readonly code: ApiErrorCode;
  /** Completes "workflow.get failed: …". */
  readonly says: string;
  readonly hint: string;
  /** May the same call succeed later, unchanged? The server's own word in the body wins. */
  readonly retryable: boolean;
}

/** For what a Conductor server would not say. */
export const GATEWAY_HINT =
  'This answer is not from Conductor: check serverUrl (CONDUCTOR_SERVER_URL), proxyUrl (CONDUCTOR_PROXY_URL), and gateways and firewalls before the server.';

type Row = readonly [code: ApiErrorCode, says: string, hint: string, retryable?: true];

const UNAVAILABLE: Row = [
  'UNAVAILABLE',
  'the server or a gateway before it is unavailable',
  'Try again later. With retryServerErrors (CONDUCTOR_RETRY_SERVER_ERRORS) the client does so where that is safe.',
  true,
];

const BY_STATUS: Readonly<Record<number, Row>> = {
  400: ['BAD_REQUEST', 'the server finds the request invalid', 'See `serverMessage` and `validationErrors`.'],
  401: [
    'UNAUTHENTICATED',
    'the server does not accept the credentials',
    'Check that keyId and keySecret (CONDUCTOR_AUTH_KEY, CONDUCTOR_AUTH_SECRET) are set, and belong to this server.',
  ],
  403: [
    'FORBIDDEN',
    'the access key lacks a permission',
    'Grant its application a role or permission for the resource.',
  ],
  404: [
    'NOT_FOUND',
    'not found',
    'Check id or name, version and serverUrl (CONDUCTOR_SERVER_URL). It may have been removed or archived.',
  ],
  405: [
    'METHOD_NOT_ALLOWED',
    'the server does not know this method here',
    'This operation needs another version or family of the server, or a gateway blocks the method.',
  ],
  408: ['SERVER_TIMEOUT', 'the server gave up waiting', 'Try again; if it persists, ask for less at once.', true],
  409: [
    'CONFLICT',
    'the state on the server stands in the way',
    'It exists already, or its state forbids the change: see `serverMessage` and its present state.',
  ],
  413: [
    'PAYLOAD_TOO_LARGE',
    'the request is too large for the server',
    'See `sentBytes`. Store large data elsewhere and send a reference to it.',
  ],
  423: ['LOCKED', 'the resource is locked', 'Try again later.', true],
  429: [
    'RATE_LIMITED',
    'the server asks for fewer calls',
    'The client has tried again already: wait `retryAfterMs`, and send fewer calls at once.',
    true,
  ],
  501: ['NOT_IMPLEMENTED', 'the server does not offer this', 'The feature is missing or switched off on this server.'],
  502: UNAVAILABLE,
  503: UNAVAILABLE,
  504: UNAVAILABLE,
};

const CLIENT_ERROR: Row = ['CLIENT_ERROR', 'the server refuses the request', 'See `status` and `serverMessage`.'];
const SERVER_ERROR: Row = [
  'SERVER_ERROR',
  'the server failed',
  'See `serverMessage`: malformed input, a state that forbids it, or a fault of the server (see its log). Try again only where `retryable` is true.',
];
const UNEXPECTED: Row = ['UNEXPECTED_STATUS', 'the answer has an unexpected status', GATEWAY_HINT];

/** Of a request that may not be sent twice: only these two say that nothing was done. */
const UNDONE: readonly number[] = [501, 503];

export function mayBeDone(status: number): boolean {
  return status >= 500 && !UNDONE.includes(status);
}

/** In place of the usual advice, where sending again may do harm. */
export const DOUBT_HINT =
  'The request may have been processed: look before sending it again. See `serverMessage` and the log of the server.';

export function apiErrorKind(status: number): ApiErrorKind {
  const [code, says, hint, retryable = false] = BY_STATUS[status] ?? byFamily(status);
  return { code, says, hint, retryable };
}

function byFamily(status: number): Row {
  if (status >= 500) return SERVER_ERROR;
  return status >= 400 ? CLIENT_ERROR : UNEXPECTED;
}
