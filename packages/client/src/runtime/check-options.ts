import { InvalidRequestError } from '../errors/invalid-request-error.ts';
import type { CallOptions } from './caller.ts';
import { looksLike } from './looks-like.ts';
import type { Operation } from './operation.ts';

/** All options of a call: the compiler misses none here. */
const ALL: Readonly<Record<keyof CallOptions, true>> = {
  signal: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  idempotencyKey: true,
  headers: true,
  ambiguousWrites: true,
  retry: true,
  withResponse: true,
  throwOnError: true,
};
const NONE: CallOptions = {};
export const OPTION_NAMES: readonly string[] = /* @__PURE__ */ Object.keys(ALL);

/**
 * Takes the options of a call from callers who have no compiler at their side. Nothing is let pass: what would be ignored
 * is a limit or a signal that somebody relies on.
 */
export function checkOptions(operation: Operation, given: CallOptions | null | undefined): CallOptions {
  if (given === undefined || given === null) return NONE;
  const refuse = (path: string, trouble: string, advice: string): never => {
    throw new InvalidRequestError(operation.name, { path, trouble, advice });
  };
  if (typeof given !== 'object') {
    refuse(
      'options',
      'the options of the call are not an object',
      'give them by name in one object: { timeoutMs: … }.',
    );
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!OPTION_NAMES.includes(name)) {
      const meant = OPTION_NAMES.find((known) => looksLike(name, known));
      const advice = meant === undefined ? `known are ${OPTION_NAMES.join(', ')}` : `meant was perhaps ${meant}`;
      refuse(name, 'an option of the call is unknown', `there is no such option; ${advice}.`);
    }
    if (name === 'signal' && !isSignal(value)) {
      refuse(
        name,
        'an option of the call has the wrong type',
        'give an AbortSignal: the `signal` of an AbortController.',
      );
    }
    if ((name === 'timeoutMs' || name === 'totalTimeoutMs') && !isDuration(value)) {
      refuse(name, 'an option of the call has the wrong type', 'give a number of milliseconds; 0 means no limit.');
    }
  }
  return given;
}

/** By what it does: a signal may come from another realm. */
function isSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener } = value as { aborted?: unknown; addEventListener?: unknown };
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

function isDuration(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
