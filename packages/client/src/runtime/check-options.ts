import type { CallOptions } from './caller.ts';
import { looksLike } from './looks-like.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';

type Rule = readonly [fits: (value: unknown) => boolean, advice: string];

const DURATION: Rule = [isDuration, 'give a number of milliseconds; 0 means no limit.'];
const FLAG: Rule = [(value) => typeof value === 'boolean', 'give true or false.'];

/** All options of a call: the compiler misses none here. */
const ALL: Readonly<Record<keyof CallOptions, Rule>> = {
  signal: [isSignal, 'give an AbortSignal: the `signal` of an AbortController.'],
  timeoutMs: DURATION,
  totalTimeoutMs: DURATION,
  idempotencyKey: [(value) => typeof value === 'string' && value !== '', 'give a text that is not empty.'],
  headers: [isRecord, 'give an object: Object.fromEntries(headers).'],
  ambiguousWrites: [(value) => value === 'fail' || value === 'retry', "give 'fail' or 'retry'."],
  retry: FLAG,
  withResponse: FLAG,
  throwOnError: FLAG,
};
const NONE: CallOptions = {};
export const OPTION_NAMES: readonly string[] = /* @__PURE__ */ Object.keys(ALL);

/**
 * Takes the options of a call from callers who have no compiler at their side. Nothing is let pass: what would be ignored
 * is a limit or a signal that somebody relies on.
 */
export function checkOptions(operation: Operation, given: CallOptions | null | undefined): CallOptions {
  if (given === undefined || given === null) return NONE;
  if (typeof given !== 'object') {
    const advice = 'give them by name in one object: { timeoutMs: … }.';
    throw refusal(operation, 'options', 'the options of the call are not an object', advice);
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!OPTION_NAMES.includes(name)) {
      const meant = OPTION_NAMES.find((known) => looksLike(name, known));
      const advice = meant === undefined ? `known are ${OPTION_NAMES.join(', ')}` : `meant was perhaps ${meant}`;
      throw refusal(operation, name, 'an option of the call is unknown', `there is no such option; ${advice}.`);
    }
    const [fits, advice] = ALL[name as keyof CallOptions];
    if (!fits(value)) throw refusal(operation, name, 'an option of the call has the wrong type', advice);
  }
  return given;
}

/** By what it does: a signal may come from another realm. */
function isSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener } = value as { aborted?: unknown; addEventListener?: unknown };
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

export function isDuration(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Of a `Headers` nothing would be seen: it has no members of its own. */
function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('entries' in value && typeof value.entries === 'function');
}
