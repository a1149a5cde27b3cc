import type { Interruption } from './interruption.ts';
import type { Retrier } from './retrier.ts';

/** Is there anybody to ask for a new token? */
export function canAskForToken({ tokens, onAuthFailure }: Retrier): boolean {
  return tokens !== undefined || onAuthFailure !== undefined;
}

/**
 * A token other than the rejected one; `undefined` when there is none to be had now. A source that sent none is asked as
 * well: it may have taken a gateway's 404 for a server without tokens, and this 401 shows that there is no such server.
 */
export async function askForToken(
  { tokens, onAuthFailure, logger }: Retrier,
  rejected: string | undefined,
  interruption: Interruption,
): Promise<string | undefined> {
  try {
    const asked = tokens === undefined ? onAuthFailure?.() : tokens.refreshToken(rejected ?? '', interruption.signal);
    const fresh = typeof asked === 'object' ? await interruption.wait(asked) : asked;
    // Still in backoff: a replay would carry the token that was just refused.
    return fresh === rejected ? undefined : (fresh ?? undefined);
  } catch (error) {
    if (interruption.ended) throw error;
    // The 401 is the answer to this call; why no token came is the token source's to report.
    logger?.warn('No new token could be had after the server refused one');
    return undefined;
  }
}
