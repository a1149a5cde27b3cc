import { askProvider, providerFailure } from './ask-provider.ts';
import { requestToken, type MintOutcome } from './request-token.ts';
import { createScrubber } from './scrub-secrets.ts';
import type { HeaderValues, TokenManagerSettings } from './token-manager-options.ts';

/** For an error that throws when it is looked at. */
const BROKEN: MintOutcome = { failure: { kind: 'transient', code: 'AUTH_ENDPOINT_UNREACHABLE' } };
const TIMED_OUT: MintOutcome = { failure: { kind: 'transient', code: 'AUTH_ENDPOINT_TIMEOUT' } };

/**
 * One attempt to get a token, by request or from the user's function. Never rejects, and always ends: at the timeout also where a
 * fetch or a function ignores its signal. When `stop` aborts, the outcome is of no interest to anybody.
 */
export function mintToken(
  settings: TokenManagerSettings,
  heldToken: string | undefined,
  stop: AbortSignal,
): Promise<MintOutcome> {
  return new Promise((resolve) => {
    const abort = new AbortController();
    const end = (outcome: MintOutcome): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', stopped);
      resolve(outcome);
      // Ends what may still be running; by itself this is the end of the request, so nobody hears of it.
      abort.abort();
    };
    const stopped = (): void => end(TIMED_OUT);
    const timer = setTimeout(end, settings.tokenRequestTimeoutMs, TIMED_OUT);
    stop.addEventListener('abort', stopped, { once: true });
    void askSource(settings, heldToken, abort.signal).then(end, () => end(BROKEN));
  });
}

async function askSource(
  settings: TokenManagerSettings,
  heldToken: string | undefined,
  signal: AbortSignal,
): Promise<MintOutcome> {
  const { source, fetch } = settings;
  if (source.kind === 'provider') return askProvider(source.provider, createScrubber([heldToken]), signal);
  const { url, keyId, keySecret } = source;
  const secrets = [keyId, keySecret, heldToken];
  let headers: HeaderValues;
  try {
    headers = lowerCased(await settings.extraHeaders());
  } catch (error) {
    return { failure: providerFailure(error, createScrubber(secrets)) };
  }
  const scrub = createScrubber([...secrets, ...Object.values(headers)]);
  return requestToken({ fetch, url, keyId, keySecret, headers }, scrub, signal);
}

/** Two spellings of one name would be sent as one header with both values. */
function lowerCased(headers: HeaderValues): HeaderValues {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
