/** What is known about one attempt. */
export type Outcome = AnswerOutcome | FailureOutcome;

export type AnswerOutcome =
  /** An answer to hand back, whatever its status. */
  | { readonly kind: 'answered'; readonly status: number }
  /** Refused for now, and not processed. */
  | { readonly kind: 'throttled'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** A failure of the server that a later attempt may not meet. It may have been processed. */
  | { readonly kind: 'server-error'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** The token was refused, and a new one may help. */
  | { readonly kind: 'token-rejected'; readonly status: number };

export type FailureOutcome =
  /** No byte of the request was written, or the peer proved that it did not process it. */
  | { readonly kind: 'unsent'; readonly code?: string | undefined; readonly refusedByPeer?: boolean | undefined }
  /** It may have been processed. */
  | { readonly kind: 'ambiguous'; readonly code?: string | undefined }
  /** A limit of time ran out below us. `sent: false`: before anything was written, as in a connect timeout. */
  | { readonly kind: 'timeout'; readonly code?: string | undefined; readonly sent: boolean }
  /** Another attempt would fail the same way: a bad certificate, a bad URL, a reply that is not HTTP. */
  | { readonly kind: 'permanent'; readonly code?: string | undefined; readonly sent: boolean };

export function isFailure(outcome: Outcome): outcome is FailureOutcome {
  const { kind } = outcome;
  return kind === 'unsent' || kind === 'ambiguous' || kind === 'timeout' || kind === 'permanent';
}
