import { add } from '../errors/annotate.ts';
import { workflowGetOperation, workflowStartOperation } from '../generated/operations.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import { REAL_TIME, type Time } from './real-time.ts';
import type { JsonObject, TypedStart, TypedWorkflow } from './typed-workflow.ts';
import { checkWait, type WaitOptions, waitForWorkflow } from './workflow-wait-for.ts';

/** A short execution is over by then, so most need one poll only. */
const FIRST_POLL_MS = 250;

const NAME = 'workflow.startAndWait';

/** What `workflow.startAndWait` takes. */
export interface WorkflowStartAndWaitParams<Output, Input> extends WaitOptions<Output, Input> {
  /** What to start, and with which input. */
  readonly body: TypedStart<Input>;
}

/**
 * Starts an execution and waits for its end. `totalTimeoutMs` covers both; an execution whose time runs out goes on. Every
 * error after the start has its `workflowId`, except for the reason of your own signal, which comes as it is. Works on every server; `workflow.execute` holds one request open instead.
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
    // Before the start: afterwards there would be an execution that nobody waits for.
    checkWait(NAME, wait, options);
    const startMs = time.now();
    const workflowId = await client.execute<string>(start, { body }, options);
    // At least 1 ms: none left must not become none at all.
    const leftMs = totalTimeoutMs === 0 ? 0 : Math.max(1, totalTimeoutMs - (time.now() - startMs));
    try {
      return await waitForWorkflow(
        client,
        { ...wait, poll, workflowId, operation: NAME, firstPollMs: FIRST_POLL_MS },
        { ...ofPolls, totalTimeoutMs: leftMs },
        time,
      );
    } catch (error) {
      if (error instanceof Error && error !== options.signal?.reason) tellOfStart(error, workflowId);
      throw error;
    }
  };
}

/** What a poll knows of itself alone would hide that there is an execution. */
function tellOfStart(error: Error, workflowId: string): void {
  add(error, 'workflowId', workflowId);
  if ('mayHaveBeenProcessed' in error) add(error, 'mayHaveBeenProcessed', true);
}
