import type { Params } from './build-url.ts';
import type { Operation } from './operation.ts';

/** What an answer may take beyond the wait that the server was asked for: the way there and back, and a busy server. */
export const WAIT_MARGIN_MS = 10_000;

/**
 * Limit of one attempt. An operation that asks the server to hold its answer back gets at least that long and a
 * margin: cutting a poll off early would strand the task that the server had just handed out.
 */
export function attemptTimeoutMs(operation: Operation, params: Params, clientMs: number, callMs?: number): number {
  if (callMs !== undefined) return callMs;
  const { wait } = operation;
  if (!wait || clientMs === 0) return clientMs;
  const asked = Number(params[wait.param] ?? wait.defaultValue ?? 0);
  const waitMs = wait.unit === 's' ? asked * 1000 : asked;
  return waitMs > 0 ? Math.max(clientMs, waitMs + WAIT_MARGIN_MS) : clientMs;
}
