import { workflowGetOperation, workflowStartOperation } from '../generated/operations.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import { REAL_TIME, type Time } from './real-time.ts';
import type { JsonObject, TypedStart, TypedWorkflow } from './typed-workflow.ts';
import { type WaitOptions, waitForWorkflow } from './workflow-wait-for.ts';

/** A short execution is over by then, so most need one poll only. */
const FIRST_POLL_MS = 250;

/** What `workflow.startAndWait` takes. */
export interface WorkflowStartAndWaitParams<Output, Input> extends WaitOptions<Output, Input> {
  /** What to start, and with which input. */
  readonly body: TypedStart<Input>;
}

/**
 * Starts an execution and waits for its end. `totalTimeoutMs` covers both; an execution whose time runs out goes on, and
 * the error has its `workflowId`. Works on every server; `workflow.execute` holds one request open instead.
 */
export const workflowStartAndWait: StartAndWait = /* @__PURE__ */ startAndWait(
  workflowStartOperation,
  workflowGetOperation,
);

type StartAndWait = <Output = JsonObject, Input = JsonObject>(
  client: Caller,
  params: WorkflowStartAndWaitParams<Output, Input>,
  options?: CallOptions,
) => Promise<TypedWorkflow<Output, Input>>;

/** The same, for whoever has the operations already. */
export function startAndWait(start: Operation, poll: Operation): StartAndWait {
  return startAndWaitOn(REAL_TIME, start, poll);
}

/** The same, on a clock of its own. */
export function startAndWaitOn(time: Time, start: Operation, poll: Operation): StartAndWait {
  return async (client, params, options = {}) => {
    const { body, ...wait } = params ?? {};
    const { idempotencyKey: _, totalTimeoutMs = 0, ...ofPolls } = options;
    const startMs = time.now();
    const workflowId = await client.execute<string>(start, { body }, options);
    // At least 1 ms: none left must not become none at all.
    const leftMs = totalTimeoutMs === 0 ? 0 : Math.max(1, totalTimeoutMs - (time.now() - startMs));
    return waitForWorkflow(
      client,
      { ...wait, poll, workflowId, operation: 'workflow.startAndWait', firstPollMs: FIRST_POLL_MS },
      { ...ofPolls, totalTimeoutMs: leftMs },
      time,
    );
  };
}
