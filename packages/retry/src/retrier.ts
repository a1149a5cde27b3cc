import { OutageReport } from './outage-report.ts';
import { RetryBudget } from './retry-budget.ts';
import { guardLogger } from './guard-logger.ts';
import {
  type Effects,
  resolveEffects,
  resolvePolicy,
  type RetryFetchOptions,
  type RetryPolicy,
} from './retry-fetch-options.ts';
import { TimeoutQueues } from './timeout-queue.ts';

/** What all calls of one wrapper share; lives as long as the wrapper. */
export interface Retrier {
  readonly policy: RetryPolicy;
  readonly effects: Effects;
  readonly budget: RetryBudget | undefined;
  /** Where there is a log. */
  readonly outages: OutageReport | undefined;
  /** Calls that wait out a 429 now. */
  readonly waiters: { count: number };
  readonly timeouts: TimeoutQueues;
  readonly tokens: RetryFetchOptions['tokens'];
  readonly onAuthFailure: RetryFetchOptions['onAuthFailure'];
  readonly onRetry: RetryFetchOptions['onRetry'];
  readonly classify: RetryFetchOptions['classify'];
  readonly logger: RetryFetchOptions['logger'];
}

export function createRetrier(options: RetryFetchOptions): Retrier {
  const policy = resolvePolicy(options);
  const logger = options.logger && guardLogger(options.logger);
  return {
    policy,
    effects: resolveEffects(options),
    budget: policy.retryBudget === false ? undefined : new RetryBudget(policy.retryBudget, logger),
    outages: logger && new OutageReport(logger),
    waiters: { count: 0 },
    timeouts: new TimeoutQueues(),
    tokens: options.tokens,
    onAuthFailure: options.onAuthFailure,
    onRetry: options.onRetry,
    classify: options.classify,
    logger,
  };
}
