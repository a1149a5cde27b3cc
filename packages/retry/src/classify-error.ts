import {
  CONNECT_TIMEOUT_CODES,
  HTTP2_REFUSED_STREAM,
  permanence,
  UNSENT_CODES,
  UNSENT_SYSCALLS,
} from './error-codes.ts';
import type { FailureOutcome } from './outcome.ts';

/** Far deeper than any real chain of causes; a bound against a cycle. */
const MAX_LINKS = 16;

interface Evidence {
  code: string | undefined;
  /** Said by a transport that knows. */
  requestSent: boolean | undefined;
  provedUnsent: boolean;
  /** Where it could not connect, as Node says: the port, or the name that was looked up. */
  port: unknown;
  hostname: unknown;
  refusedByPeer: boolean;
  /** A redirect that was not followed is an answer (RFC 9110 section 15.4): the request was sent on, not carried out. A 303 names the result instead. */
  turnedAway: boolean;
  /** What the code proves. */
  permanent: 'unsent' | 'sent' | undefined;
  /** Said by a transport that knows. */
  saidPermanent: boolean | undefined;
  timeout: 'connect' | 'later' | undefined;
}

/**
 * Reads an error of anybody's fetch: what the transport says of itself (`requestSent`, `permanent`) wins, else the codes down
 * the chain of causes decide. Never the name AbortError: a refused proxy tunnel carries it too. `url` is where the request
 * was to go.
 */
export function classifyError(error: unknown, url?: string): FailureOutcome {
  const found = gather(error);
  const { code } = found;
  const sent =
    !found.turnedAway &&
    (found.requestSent ??
      (isElsewhere(found, url) ||
        !(found.provedUnsent || found.timeout === 'connect' || found.permanent === 'unsent')));
  if (found.saidPermanent ?? found.permanent !== undefined) return { kind: 'permanent', code, sent };
  if (found.timeout !== undefined) return { kind: 'timeout', code, sent };
  if (sent) return { kind: 'ambiguous', code };
  return found.refusedByPeer ? { kind: 'unsent', code, refusedByPeer: true } : { kind: 'unsent', code };
}

/** The headers were there, so the request was processed; only its answer got lost. */
export function classifyBodyError(error: unknown): FailureOutcome {
  const outcome = classifyError(error);
  if (outcome.kind === 'unsent') return { kind: 'ambiguous', code: outcome.code };
  return outcome.kind === 'ambiguous' ? outcome : { ...outcome, sent: true };
}

/** A bare TypeError: no code, no cause. Browsers report every network failure so, and every fetch a request it cannot build. */
export function isBareTypeError(error: unknown): boolean {
  if (!isObject(error) || error['name'] !== 'TypeError') return false;
  return error['code'] === undefined && error['cause'] === undefined && error['requestSent'] === undefined;
}

function gather(error: unknown): Evidence {
  const found: Evidence = {
    code: undefined,
    requestSent: undefined,
    provedUnsent: false,
    port: undefined,
    hostname: undefined,
    refusedByPeer: false,
    turnedAway: false,
    permanent: undefined,
    saidPermanent: undefined,
    timeout: undefined,
  };
  let link = error;
  for (let depth = 0; depth < MAX_LINKS && isObject(link); depth += 1) {
    read(link, found);
    // A transport that says both knows more than the codes beneath it.
    if (found.requestSent !== undefined && found.saidPermanent !== undefined) break;
    link = link['cause'] ?? firstOf(link['errors']);
  }
  return found;
}

function read(link: Record<string, unknown>, found: Evidence): void {
  if (link['requestSent'] !== undefined) found.requestSent ??= link['requestSent'] !== false;
  if (typeof link['permanent'] === 'boolean') found.saidPermanent ??= link['permanent'];
  if (link['permanent'] === true && isSentOn(link['status'])) found.turnedAway = true;
  if (typeof link['syscall'] === 'string' && UNSENT_SYSCALLS.has(link['syscall'])) found.provedUnsent = true;
  found.port ??= link['port'];
  found.hostname ??= link['hostname'];
  if (link['http2ErrorCode'] === HTTP2_REFUSED_STREAM) {
    found.provedUnsent = true;
    found.refusedByPeer = true;
  }
  // Made by AbortSignal.timeout(), which has no string code. Its legacy number is 23.
  if (link['name'] === 'TimeoutError') found.timeout ??= 'later';
  // llhttp's errors say so by name, and some have no code.
  if (link['name'] === 'HTTPParserError') found.permanent ??= 'sent';
  const code = link['code'];
  if (typeof code !== 'string') return;
  found.code ??= code;
  found.permanent ??= permanence(code);
  if (UNSENT_CODES.has(code)) found.provedUnsent = true;
  if (code === 'STREAM_REFUSED') found.refusedByPeer = true;
  if (CONNECT_TIMEOUT_CODES.has(code) || (code === 'ETIMEDOUT' && link['syscall'] === 'connect')) {
    found.timeout ??= 'connect';
  } else if (code.endsWith('_TIMEOUT')) {
    found.timeout ??= 'later';
  }
}

/** A fetch that follows redirects fails at the place that an answer named: whoever gave that answer had the request. */
function isElsewhere({ port, hostname }: Evidence, url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const asked = new URL(url);
  const askedPort = Number(asked.port) || (asked.protocol === 'https:' ? 443 : 80);
  return (typeof port === 'number' && port !== askedPort) || (hostname ?? asked.hostname) !== asked.hostname;
}

function isSentOn(status: unknown): boolean {
  return typeof status === 'number' && status >= 300 && status < 400 && status !== 303;
}

function firstOf(errors: unknown): unknown {
  return Array.isArray(errors) ? errors[0] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
