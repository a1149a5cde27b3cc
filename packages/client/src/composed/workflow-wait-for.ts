import { TimeoutError } from '@conductor-ts/retry';
import { WorkflowWaitError, type WorkflowWaitErrorCode } from '../errors/workflow-wait-error.ts';
import { workflowGetOperation } from '../generated/operations.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';
import { isDuration } from '../runtime/check-options.ts';
import type { Operation } from '../runtime/operation.ts';
import { wrongType } from '../runtime/refusal.ts';
import { isPassingTrouble } from './is-passing-trouble.ts';
import { mustGiveData } from './must-give-data.ts';
import { pollDelayMs } from './poll-pace.ts';
import { REAL_TIME, type Time } from './real-time.ts';
import type { JsonObject, TypedWorkflow } from './typed-workflow.ts';
import { isWaitUntil, judge, type WaitUntil } from './wait-until.ts';

/** A server that cannot be asked for this long is given up, also by a call without a limit of its own. */
export const LONGEST_OUTAGE_MS = 300_000;

/** How to wait for an execution. */
export interface WaitOptions<Output, Input> {
  /** @default 'completed' */
  readonly until?: WaitUntil<TypedWorkflow<Output, Input>> | undefined;
  /**
   * Time between two polls, in milliseconds; 1_000 at least.
   * @default 1_000 after the first poll, half as much more each time, up to 5_000
   */
  readonly pollMs?: number | undefined;
  /** Get the tasks as well, for a function in `until`. They can be large. @default false */
  readonly includeTasks?: boolean | undefined;
}

/** What `workflow.waitFor` takes. */
export interface WorkflowWaitForParams<Output, Input> extends WaitOptions<Output, Input> {
  readonly workflowId: string;
}

/**
 * Waits until an execution has completed, or is where `until` says. It asks the server at most once a second, goes on over
 * refused and lost polls, and stops at `totalTimeoutMs` (none unless given) or when `signal` aborts.
 *
 * Rejects with a `WorkflowWaitError` when the execution ends otherwise, or when the time runs out.
 */
export const workflowWaitFor: WaitFor = /* @__PURE__ */ waitFor(workflowGetOperation);

type WaitFor = <Output = JsonObject, Input = JsonObject>(
  client: Caller,
  params: WorkflowWaitForParams<Output, Input>,
  options?: CallOptions,
) => Promise<TypedWorkflow<Output, Input>>;

/** The same, for whoever has the operation already. */
export function waitFor(poll: Operation): WaitFor {
  return (client, params, options) =>
    waitForWorkflow(client, { ...params, poll, operation: 'workflow.waitFor', firstPollMs: 0 }, options);
}

/** One wait, whichever method it is part of. */
export interface Wait<Output, Input> extends WorkflowWaitForParams<Output, Input> {
  /** How to see where the execution is. */
  readonly poll: Operation;
  /** The method that errors name. */
  readonly operation: string;
  /** Time before the first poll, in milliseconds. */
  readonly firstPollMs: number;
}

/** Lives as long as the wait. */
export async function waitForWorkflow<Output, Input>(
  client: Caller,
  wait: Wait<Output, Input>,
  options: CallOptions = {},
  time: Time = REAL_TIME,
): Promise<TypedWorkflow<Output, Input>> {
  const { poll, workflowId, until = 'completed', includeTasks = false } = wait;
  checkWait(wait.operation, wait, options);
  const startMs = time.now();
  const deadlineMs = options.totalTimeoutMs ? startMs + options.totalTimeoutMs : Infinity;
  let last: TypedWorkflow<Output, Input> | undefined;
  let trouble: unknown;
  let heardMs = startMs;
  let polls = 0;

  const failure = (code: WorkflowWaitErrorCode): WorkflowWaitError => {
    const waitedMs = Math.round(time.now() - startMs);
    return new WorkflowWaitError(code, { operation: wait.operation, workflowId, last, polls, waitedMs }, trouble);
  };

  for (let delayMs = wait.firstPollMs; ; delayMs = pollDelayMs(polls, wait.pollMs)) {
    const leftMs = deadlineMs - time.now() - delayMs;
    await time.sleep(leftMs > 0 ? delayMs : leftMs + delayMs, options.signal, client.closing);
    if (leftMs <= 0) throw failure('WAIT_TIMED_OUT');
    polls += 1;
    try {
      last = await client.execute<TypedWorkflow<Output, Input>>(
        poll,
        { workflowId, includeTasks },
        { ...options, totalTimeoutMs: leftMs === Infinity ? 0 : Math.ceil(leftMs) },
      );
      trouble = undefined;
      heardMs = time.now();
    } catch (error) {
      if (options.signal?.aborted) throw error;
      trouble = error;
      if (error instanceof TimeoutError && error.code === 'TOTAL_TIMEOUT') throw failure('WAIT_TIMED_OUT');
      if (!isPassingTrouble(error) || time.now() - heardMs >= LONGEST_OUTAGE_MS) throw error;
      continue;
    }
    const verdict = judge(last, until);
    if (verdict === 'there') return last;
    if (verdict === 'missed') throw failure('WORKFLOW_ENDED_OTHERWISE');
  }
}

/** A word that nobody knows would be waited for forever, and a time that is none would be no pause. */
export function checkWait(
  operation: string,
  { until = 'completed', pollMs }: { readonly until?: unknown; readonly pollMs?: unknown },
  options: CallOptions,
): void {
  mustGiveData(operation, options);
  if (!isWaitUntil(until)) {
    throw wrongType(operation, 'until', "give 'completed', 'terminal', a list of statuses, or a function.");
  }
  if (pollMs !== undefined && !isDuration(pollMs))
    throw wrongType(operation, 'pollMs', 'give a number of milliseconds.');
}
