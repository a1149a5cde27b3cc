import type { Call, ReplayMark } from './call.ts';

/** RFC 9110 section 9.2.1: nothing happens on the server, however often it is asked. */
const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** RFC 9110 section 9.2.2: doing it twice is doing it once. */
const IDEMPOTENT_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** RFC 9110 section 15.5: refusals that look at the form of the request alone, so an earlier sending met the same one. */
const FORM_REFUSALS: ReadonlySet<number> = new Set([405, 406, 411, 413, 414, 415, 417, 431, 501, 505]);

/** Refusals that say nothing of what an earlier sending did. */
const UNRELATED_REFUSALS: ReadonlySet<number> = new Set([401, 403, 429]);

/** The mark of the call, or, where nobody made one, what the method promises. */
export function replayMark(call: Call | undefined, method: string): ReplayMark {
  if (call !== undefined) return call.replay;
  return IDEMPOTENT_METHODS.has(method) ? 'safe' : 'unsafe';
}

/** May a request that was perhaps processed be sent again? */
export function mayRepeat(mark: ReplayMark, call: Call | undefined, ambiguousWrites: 'fail' | 'retry'): boolean {
  if (mark === 'safe' || ambiguousWrites === 'retry') return true;
  return mark === 'keyed' && call?.idempotencyKey !== undefined;
}

/** A read changes nothing, so its last answer is the whole truth. A GET marked unsafe is no read: a poll takes tasks off a queue. */
export function isRead(mark: ReplayMark, method: string): boolean {
  return mark === 'safe' && READ_METHODS.has(method);
}

/**
 * What an earlier attempt left open. `reply-lost`: the answer never came. `gateway`: answered 500, 502 or 504, behind which
 * the work may have been done.
 */
export type Doubt = 'none' | 'gateway' | 'reply-lost';

/**
 * Can this error answer be the echo of an earlier attempt that did the work: a second DELETE that finds nothing (404), a
 * second create that finds its own twin (409), a second resume that finds nothing paused (500)?
 */
export function mayBeEcho(status: number, doubt: Doubt): boolean {
  if (doubt === 'none' || status < 400 || FORM_REFUSALS.has(status)) return false;
  if (doubt === 'reply-lost') return true;
  return status < 500 && !UNRELATED_REFUSALS.has(status);
}
