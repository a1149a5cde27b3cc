import { isUsableToken } from './check-token.ts';
import type { ReceivedToken } from './measure-life.ts';
import type { MintFailure } from './mint-failure.ts';
import { isCutOff } from './is-cut-off.ts';
import { isPermanentNetworkFault } from './permanent-network-fault.ts';
import { readBoundedText } from './read-bounded-text.ts';
import type { Scrubber } from './scrub-secrets.ts';
import { MAX_ANSWER_BYTES, MAX_AUTH_BACKOFF_MS } from './token-limits.ts';

export type MintOutcome = { readonly received: ReceivedToken } | { readonly failure: MintFailure };

export interface TokenRequest {
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly url: string;
  readonly keyId: string;
  readonly keySecret: string;
  readonly headers: Readonly<Record<string, string>>;
}

const NOT_FROM_CONDUCTOR =
  'The answer is not from Conductor but a gateway: check the server URL (http or https, port), then key id and secret.';

/**
 * A POST of key id and secret, and a second one where the connection broke under the first: every call would fail with a token that
 * cannot be replaced until the pause after a failure is over, and to ask twice does no harm. Beyond that it knows no retry. It
 * carries no token, so a refresh can never wait for itself; and no redirect is followed, since the body holds the secret.
 */
export async function requestToken(request: TokenRequest, scrub: Scrubber, signal: AbortSignal): Promise<MintOutcome> {
  try {
    return await post(request, scrub, signal);
  } catch (first) {
    if (!isCutOff(first) || signal.aborted) return unreachable(first, scrub);
  }
  return post(request, scrub, signal).catch((error: unknown) => unreachable(error, scrub));
}

async function post(request: TokenRequest, scrub: Scrubber, signal: AbortSignal): Promise<MintOutcome> {
  const { url, keyId, keySecret, headers } = request;
  const response = await request.fetch(url, {
    method: 'POST',
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ keyId, keySecret }),
    redirect: 'manual',
    signal,
  });
  return readAnswer(response, await readBoundedText(response, MAX_ANSWER_BYTES), scrub);
}

function unreachable(error: unknown, scrub: Scrubber): MintOutcome {
  const kind = isPermanentNetworkFault(error) ? 'permanent' : 'transient';
  return { failure: { kind, code: 'AUTH_ENDPOINT_UNREACHABLE', ...hintOf(error, scrub), cause: scrub.cause(error) } };
}

/** A fetch that knows what to do about its failure knows better than we do. */
function hintOf(error: unknown, scrub: Scrubber): Pick<MintFailure, 'hint'> {
  const hint: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'hint') : undefined;
  return typeof hint === 'string' ? { hint: scrub.text(hint) } : {};
}

function readAnswer(response: Response, body: string | undefined, scrub: Scrubber): MintOutcome {
  const { status } = response;
  const answer = parseObject(body);
  if (!response.ok) {
    const failure = { ...classifyStatus(status), status, ...describe(answer, scrub), ...readRetryAfter(response) };
    const isOdd = failure.kind === 'credentials' && answer === undefined;
    return { failure: isOdd ? { ...failure, hint: NOT_FROM_CONDUCTOR } : failure };
  }
  if (answer === undefined || !Object.hasOwn(answer, 'token')) {
    return { failure: { kind: 'permanent', code: 'AUTH_ANSWER_INVALID', status } };
  }
  const token = answer['token'];
  if (!isUsableToken(token)) return { failure: { kind: 'permanent', code: 'AUTH_TOKEN_INVALID', status } };
  const serverDateMs = Date.parse(response.headers.get('date') ?? '');
  return { received: { token, serverDateMs: Number.isNaN(serverDateMs) ? undefined : serverDateMs } };
}

function classifyStatus(status: number): Pick<MintFailure, 'kind' | 'code'> {
  if (status === 404) return { kind: 'no-endpoint', code: 'AUTH_ENDPOINT_MISSING' };
  if (status === 400 || status === 401 || status === 403) {
    return { kind: 'credentials', code: 'AUTH_CREDENTIALS_REJECTED' };
  }
  // Browsers show a redirect that was not followed as status 0.
  if (status === 0 || (status >= 300 && status < 400)) return { kind: 'permanent', code: 'AUTH_REDIRECTED' };
  const mayPass = status >= 500 || status === 408 || status === 425 || status === 429;
  return { kind: mayPass ? 'transient' : 'permanent', code: 'AUTH_ENDPOINT_FAILED' };
}

function parseObject(body: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What the server says about itself, made safe for a log line: an echo of the request would hold the secret. */
function describe(
  answer: Readonly<Record<string, unknown>> | undefined,
  scrub: Scrubber,
): Pick<MintFailure, 'serverCode' | 'serverMessage'> {
  const { error, message } = answer ?? {};
  return {
    serverCode: typeof error === 'string' && /^\w{1,64}$/.test(error) ? scrub.text(error) : undefined,
    // Cut after the scrubbing, so that no secret is cut in half and missed; control characters could forge log lines.
    serverMessage:
      typeof message === 'string'
        ? scrub
            .text(message)
            .replaceAll(/\p{C}+/gu, ' ')
            .slice(0, 200)
        : undefined,
  };
}

/** Whole seconds only (RFC 9110, section 10.2.3); the life of the token caps it. */
function readRetryAfter(response: Response): Pick<MintFailure, 'retryAfterMs'> {
  const value = response.headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(value) ? { retryAfterMs: Math.min(Number(value) * 1_000, MAX_AUTH_BACKOFF_MS) } : {};
}
