import { RETRY_DEFAULTS } from '@conductor-ts/retry';
import { CLIENT_OPTION_NAMES } from './check-client-options.ts';
import type { ClientOptions } from './client-options.ts';
import { looksLike } from './runtime/looks-like.ts';

/** A sentence for each option that is ignored since nobody knows it: misspelt, or of another version. */
export function oddOptions(options: ClientOptions): readonly string[] {
  return [
    ...odd('', options, CLIENT_OPTION_NAMES),
    ...(options.retry === undefined ? [] : odd('retry.', options.retry, retryOptionNames())),
  ];
}

/** Those of the retry layer without what the configuration decides, and its hooks. */
function retryOptionNames(): readonly string[] {
  const hooks = ['onRetry', 'classify', 'logger', 'now', 'random', 'sleep'] satisfies (keyof RetryOptions)[];
  const { authHeader: _header, requestTimeoutMs: _timeout, ...policy } = RETRY_DEFAULTS;
  return [...Object.keys(policy satisfies RetryOptions), ...hooks];
}

type RetryOptions = NonNullable<ClientOptions['retry']>;

function odd(prefix: string, options: object, known: readonly string[]): readonly string[] {
  return Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = known.find((one) => looksLike(name, one));
      const advice = meant === undefined ? `Known are ${known.join(', ')}.` : `Was ${prefix}${meant} meant?`;
      return `The client option ${prefix}${name} is unknown and ignored. ${advice}`;
    });
}
