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

const UNAVAILABLE: ApiErrorKind = {
  code: 'UNAVAILABLE',
  says: 'the server or a gateway before it is unavailable',
  hint: 'Try again later. `retryServerErrors: true` (CONDUCTOR_RETRY_SERVER_ERRORS) lets the client do so for calls that are safe to repeat.',
  retryable: true,
};

const BY_STATUS: Readonly<Record<number, ApiErrorKind>> = {
  400: {
    code: 'BAD_REQUEST',
    says: 'the server finds the request invalid',
    hint: 'Read `serverMessage` and `validationErrors`: they name what to change.',
    retryable: false,
  },
  401: {
    code: 'UNAUTHENTICATED',
    says: 'the server does not accept the credentials',
    hint: 'Check that keyId and keySecret (CONDUCTOR_AUTH_KEY, CONDUCTOR_AUTH_SECRET) are set, and belong to this server.',
    retryable: false,
  },
  403: {
    code: 'FORBIDDEN',
    says: 'the access key lacks a permission',
    hint: 'Grant the application of this access key a role or permission for the resource, on the server.',
    retryable: false,
  },
  404: {
    code: 'NOT_FOUND',
    says: 'not found',
    hint: 'Check the id or name (of a definition: its version, too), and that serverUrl (CONDUCTOR_SERVER_URL) is the server that has it. Executions that were removed or archived are gone as well.',
    retryable: false,
  },
  405: {
    code: 'METHOD_NOT_ALLOWED',
    says: 'the server does not know this method here',
    hint: 'The server may be of another version or family than this operation needs, or a gateway blocks the method.',
    retryable: false,
  },
  408: {
    code: 'SERVER_TIMEOUT',
    says: 'the server gave up waiting',
    hint: 'Try again; if it persists, ask for less at once.',
    retryable: true,
  },
  409: {
    code: 'CONFLICT',
    says: 'the state on the server stands in the way',
    hint: 'It exists already, or its state forbids the change (finished, running, paused): read `serverMessage`, fetch the present state, then decide.',
    retryable: false,
  },
  413: {
    code: 'PAYLOAD_TOO_LARGE',
    says: 'the request is too large for the server',
    hint: '`sentBytes` says how much was sent. Store large data elsewhere and send a reference to it.',
    retryable: false,
  },
  423: {
    code: 'LOCKED',
    says: 'the resource is locked',
    hint: 'Try again when its present user is done.',
    retryable: true,
  },
  429: {
    code: 'RATE_LIMITED',
    says: 'the server asks for fewer calls',
    hint: 'Wait `retryAfterMs` where it is set, and send fewer calls at once. The client has waited and tried again already.',
    retryable: true,
  },
  501: {
    code: 'NOT_IMPLEMENTED',
    says: 'the server does not offer this',
    hint: 'The feature is missing or switched off on this server.',
    retryable: false,
  },
  502: UNAVAILABLE,
  503: UNAVAILABLE,
  504: UNAVAILABLE,
};

const CLIENT_ERROR: ApiErrorKind = {
  code: 'CLIENT_ERROR',
  says: 'the server refuses the request',
  hint: 'Read `status` and `serverMessage`.',
  retryable: false,
};
const SERVER_ERROR: ApiErrorKind = {
  code: 'SERVER_ERROR',
  says: 'the server failed',
  hint: 'Read `serverMessage`: Conductor answers so to malformed input (a body of the wrong shape, a parameter that is missing or no number), to what the present state forbids, and to faults of its own. Correct the call, or look into the log of the server; try again only where `retryable` is true.',
  retryable: false,
};
const UNEXPECTED: ApiErrorKind = {
  code: 'UNEXPECTED_STATUS',
  says: 'the answer has an unexpected status',
  hint: 'Something between here and the server answered. Check serverUrl (CONDUCTOR_SERVER_URL) and proxyUrl.',
  retryable: false,
};

export function apiErrorKind(status: number): ApiErrorKind {
  const exact = BY_STATUS[status];
  if (exact) return exact;
  if (status >= 500) return SERVER_ERROR;
  return status >= 400 ? CLIENT_ERROR : UNEXPECTED;
}
