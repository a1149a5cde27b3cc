import type { Fetch } from './runtime/call.ts';
import { OVER, waitFor } from './runtime/patience.ts';

/** How long the question may take: whoever asks is about to report an error and should not wait long for it. */
const PROBE_TIMEOUT_MS = 5000;

/** Which family a server is of, as far as it is known. */
export type ServerFamily = 'unknown' | 'oss' | 'orkes';

/** Knows, or finds out once, which family the server is of. Lives as long as the client. */
export interface ServerFamilyProbe {
  /** What is known now. */
  current(): ServerFamily;
  /** Asks the server if nothing is known yet; never rejects. Waits no longer than `limitMs`, and not when the signal aborts. */
  learn(signal?: AbortSignal, limitMs?: number): Promise<ServerFamily>;
}

/** What tells the family without asking: a token manager that has been to the token endpoint. */
export interface FamilyWitness {
  readonly mode: ServerFamily;
}

/** How Orkes writes the code of a refusal: `INVALID_TOKEN`. Gateways write words: `Forbidden`, `invalid_request`. */
const ORKES_CODE = /^[A-Z]+(_[A-Z]+)+$/;

/**
 * The open-source server has no token endpoint and answers 404; Orkes refuses an empty request with a code of its own. Any other
 * refusal may be of a gateway, with either server behind it. Asked at most once per client, and only when something depends on it.
 */
export function createServerFamilyProbe(
  fetch: Fetch,
  serverUrl: string,
  witness: FamilyWitness | undefined,
  timeoutMs: number = PROBE_TIMEOUT_MS,
): ServerFamilyProbe {
  let found: ServerFamily = 'unknown';
  let asking: Promise<ServerFamily> | undefined;
  const current = (): ServerFamily => (found === 'unknown' ? (witness?.mode ?? 'unknown') : found);

  async function ask(): Promise<ServerFamily> {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort();
      // A fetch that does not heed it would leave the question unanswered for everybody who comes later.
      asking = undefined;
    }, timeoutMs);
    try {
      const response = await fetch(`${serverUrl}/api/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
        signal: controller.signal,
      });
      const text = await response.text();
      // A 404 with a page of HTML is from something else: a web server at a wrong address, a gateway.
      if (response.status === 404 && !text.trimStart().startsWith('<')) found = 'oss';
      else if (REFUSALS.includes(response.status) && isOrkesCode(JSON.parse(text))) found = 'orkes';
    } catch {
      // Unreachable just now, or not the words of a server: still unknown, and the next one who needs it asks again.
    } finally {
      clearTimeout(timer);
    }
    return found;
  }

  return {
    current,
    async learn(signal, limitMs = timeoutMs) {
      const known = current();
      if (known !== 'unknown') return known;
      // Forgotten by another than the question itself: a fetch that throws at once would end that before it is kept.
      asking ??= ask().finally(() => (asking = undefined));
      // The question goes on for others who may wait for it. A timer drops the fraction and can fire a little early: what is left
      // then would be spent on a request without hope.
      const family = await waitFor(asking, { signal, limitMs: Math.ceil(Math.min(limitMs, timeoutMs)) + 1 });
      return family === OVER ? 'unknown' : family;
    },
  };
}

const REFUSALS: readonly number[] = [400, 401, 403];

function isOrkesCode(body: { readonly error?: unknown } | null): boolean {
  return typeof body?.error === 'string' && ORKES_CODE.test(body.error);
}
