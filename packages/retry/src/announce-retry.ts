import type { Retrier } from './retrier.ts';
import type { RetryEvent } from './retry-fetch-options.ts';

/** Tells the log and the hook of a further attempt. A hook that throws, now or later, changes nothing about the call. */
export function announceRetry({ logger, onRetry }: Retrier, event: RetryEvent): void {
  const { error: _error, outcome, ...fields } = event;
  logger?.debug('Attempt failed, trying again', { ...fields, ...outcome });
  if (onRetry === undefined) return;
  const complain = (): void => logger?.warn('onRetry has thrown', { operation: event.operation });
  try {
    // An async hook gives a promise, perhaps one of another realm.
    Promise.resolve<unknown>(onRetry(event)).catch(complain);
  } catch {
    complain();
  }
}
