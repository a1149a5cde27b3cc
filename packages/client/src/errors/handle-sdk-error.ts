import { DefaultLogger } from '@conductor-ts/logger';
import { ConductorSdkError } from './conductor-sdk-error.ts';

/** Where `handleSdkError` writes in mode `'log'`. */
export interface ErrorLog {
  error(message: string, fields?: object): void;
}

/**
 * Puts a sentence of yours before an error's message and throws it, or logs it: through `logger`, or as the default
 * logger writes.
 *
 * @example
 * try {
 *   await client.workflow.get({ workflowId });
 * } catch (error) {
 *   handleSdkError(error, 'Loading the order failed');
 * }
 */
export function handleSdkError(error: unknown, message?: string, strategy?: 'throw'): never;
export function handleSdkError(error: unknown, message: string | undefined, strategy: 'log', logger?: ErrorLog): void;
export function handleSdkError(
  error: unknown,
  message?: string,
  strategy: 'throw' | 'log' = 'throw',
  logger?: ErrorLog,
): void {
  const own = error instanceof Error ? error.message : String(error);
  const text = message === undefined || message === '' ? own : `${message}: ${own}`;
  if (strategy === 'log') {
    (logger ?? new DefaultLogger()).error(text, { error });
    return;
  }
  throw new ConductorSdkError(text, error, detailsOf(error));
}

/** Code and hint stay those of the error itself: whoever catches the outer one decides by them. */
function detailsOf(error: unknown): { code?: string; hint?: string } {
  if (typeof error !== 'object' || error === null) return {};
  const { code, hint } = error as { code?: unknown; hint?: unknown };
  return { ...(typeof code === 'string' ? { code } : {}), ...(typeof hint === 'string' ? { hint } : {}) };
}
