import { isUsableToken } from './check-token.ts';
import type { ReceivedToken } from './measure-life.ts';
import type { MintFailure } from './mint-failure.ts';
import type { MintOutcome } from './request-token.ts';
import type { Scrubber } from './scrub-secrets.ts';

/** A token with the end of its life: a Date, or milliseconds since 1970. */
export interface ProvidedToken {
  readonly token: string;
  readonly expiresAt?: number | Date | undefined;
}

/** Gets a token from elsewhere. `signal` aborts when the manager no longer waits. */
export type TokenProvider = (context: {
  readonly signal: AbortSignal;
}) => string | ProvidedToken | Promise<string | ProvidedToken>;

/** Milliseconds of the year 1973. A number below it is meant as seconds, and would make each token look expired. */
const EARLIEST_EXPIRY_MS = 1e11;

/** The user's function decides by itself how often it tries, so its failure is reported at once. */
export async function askProvider(provider: TokenProvider, scrub: Scrubber, signal: AbortSignal): Promise<MintOutcome> {
  try {
    const received = readProvided(await provider({ signal }));
    return received === undefined ? { failure: { kind: 'permanent', code: 'AUTH_TOKEN_INVALID' } } : { received };
  } catch (error) {
    return { failure: providerFailure(error, scrub) };
  }
}

export function providerFailure(error: unknown, scrub: Scrubber): MintFailure {
  return { kind: 'permanent', code: 'AUTH_PROVIDER_FAILED', cause: scrub.cause(error) };
}

function readProvided(provided: unknown): ReceivedToken | undefined {
  if (isUsableToken(provided)) return { token: provided };
  if (typeof provided !== 'object' || provided === null) return undefined;
  const { token, expiresAt } = provided as Record<string, unknown>;
  if (!isUsableToken(token)) return undefined;
  if (expiresAt === undefined) return { token };
  const expiresAtMs = Number(expiresAt);
  return expiresAtMs >= EARLIEST_EXPIRY_MS ? { token, expiresAtMs } : undefined;
}
