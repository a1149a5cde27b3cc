import { taskPollBatchOperation } from '../generated/operations.gen.ts';
import type { TaskPollBatchParams } from '../generated/params.gen.ts';
import type { Caller, CallOptions } from '../runtime/caller.ts';
import type { Operation } from '../runtime/operation.ts';
import { mustGiveData } from './must-give-data.ts';
import { REAL_TIME } from './real-time.ts';
import type { JsonObject, TypedTask } from './typed-workflow.ts';

/**
 * Takes up to `count` tasks as soon as there is at least one, and waits up to `timeout` ms for the first. A batch poll
 * for several tasks waits its whole `timeout` when fewer are there, which keeps a lone task waiting. So this asks for
 * what is there without any wait, and only where that is nothing waits for one task. The next call then finds what
 * came with it.
 *
 * `totalTimeoutMs` covers both requests. As with every poll, a request that is aborted may have taken tasks, which are
 * lost until their response timeout.
 */
export const taskPollReady: PollReady = /* @__PURE__ */ pollReady(taskPollBatchOperation);

type PollReady = <Input = JsonObject>(
  client: Caller,
  params: TaskPollBatchParams,
  options?: CallOptions,
) => Promise<TypedTask<Input>[]>;

/** The same, for whoever has the operation already. */
export function pollReady(pollBatch: Operation): PollReady {
  const operation: Operation = { ...pollBatch, name: 'task.pollReady' };
  return async <Input>(client: Caller, params: TaskPollBatchParams, options: CallOptions = {}) => {
    mustGiveData(operation.name, options);
    const { count = 1, timeout } = params ?? {};
    const poll = (changes: Partial<TaskPollBatchParams>, ofCall: CallOptions): Promise<TypedTask<Input>[]> =>
      client.execute(operation, { ...params, ...changes }, ofCall);
    // For one task the server does not wait longer than it must.
    if (count <= 1) return poll({}, options);
    const startMs = REAL_TIME.now();
    const ready = await poll({ timeout: 0 }, options);
    if (ready.length > 0 || timeout === 0) return ready;
    const { totalTimeoutMs } = options;
    // At least 1 ms: none left must not become none at all. What was not given stays the client's to say.
    const leftMs = totalTimeoutMs && Math.max(1, totalTimeoutMs - (REAL_TIME.now() - startMs));
    return poll({ count: 1 }, { ...options, totalTimeoutMs: leftMs });
  };
}
