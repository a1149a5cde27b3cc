import { ConfigError, type ConfigProblem } from '@conductor-ts/config';
import type { ClientOptions } from './client-options.ts';

type Rule = readonly [fits: (value: object | string) => boolean, expected: string];

const isFunction = (value: unknown): boolean => typeof value === 'function';
const has = (value: object | string, ...names: readonly string[]): boolean =>
  typeof value === 'object' && names.every((name) => name in value);

/** What each option must be. */
const RULES: Readonly<Record<keyof ClientOptions, Rule>> = {
  tokens: [
    (value) => has(value, 'getToken', 'refreshToken'),
    'a token manager, or an object with getToken and refreshToken',
  ],
  signal: [(value) => has(value, 'aborted', 'addEventListener'), 'an AbortSignal: the `signal` of an AbortController'],
  initialTokenTimeoutMs: [(value) => Number.isFinite(value) && Number(value) >= 0, 'a number of milliseconds'],
  retry: [(value) => has(value), 'an object of retry options'],
  middleware: [isFunction, 'a function: (next) => (call) => next(call)'],
  parseJson: [isFunction, 'a function that gives the value of a text'],
};

/** Names of all options: what is not among them is warned of. */
export const CLIENT_OPTION_NAMES: readonly string[] = /* @__PURE__ */ Object.keys(RULES);

/**
 * Takes the options of a client from callers who have no compiler at their side; `null` counts as nothing given.
 *
 * @throws ConfigError with all that is wrong
 */
export function checkClientOptions(given: unknown): ClientOptions {
  const options = given ?? {};
  if (typeof options !== 'object') refuse([wrong('options', 'an object, such as { middleware, retry }')]);
  const entries = Object.entries(options).filter(([, value]) => value !== null && value !== undefined);
  const problems = entries.flatMap(([name, value]: [string, object]) => {
    const rule = RULES[name as keyof ClientOptions] as Rule | undefined;
    return rule === undefined || rule[0](value) ? [] : [wrong(name, rule[1])];
  });
  if (problems.length > 0) refuse(problems);
  return Object.fromEntries(entries) as ClientOptions;
}

/** The retry layer names the option and what it must be. */
export function asConfigError(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return new ConfigError([{ setting: 'retry', trouble: error.message, advice: 'Correct that option.' }]);
}

function wrong(setting: string, expected: string): ConfigProblem {
  return { setting, trouble: 'it has the wrong type', advice: `Give ${expected}.` };
}

function refuse(problems: readonly ConfigProblem[]): never {
  throw new ConfigError(problems);
}
