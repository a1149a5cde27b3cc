import { findBlocked } from './blocked-task.ts';
import type { WaitOptions } from './engine-api.ts';
import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { snapshotOfWorkflow } from './snapshots.ts';
import { hasEnded, isTerminal } from './status.ts';
import type { Workflow } from './types.ts';

/** Waits until a workflow or one of its tasks has ended, or what else was asked for, and not longer than the timeout; gives the workflow as it is then. */
export function waitFor(kernel: Kernel, waits: Set<() => void>, id: string, options: WaitOptions): Promise<Workflow> {
  const { timeoutMs, signal } = options;
  const execution = kernel.executions.get(id);
  if (isOver(kernel, execution, options) || timeoutMs <= 0 || signal?.aborted)
    return Promise.resolve(snapshotOfWorkflow(execution));
  return new Promise((resolve) => {
    const finish = (): void => {
      execution.watchers.delete(check);
      timer.cancel();
      waits.delete(finish);
      signal?.removeEventListener('abort', finish);
      resolve(snapshotOfWorkflow(execution));
    };
    const check = (): void => {
      if (isOver(kernel, execution, options)) finish();
    };
    const timer = kernel.clock.setTimer(finish, timeoutMs);
    execution.watchers.add(check);
    waits.add(finish);
    signal?.addEventListener('abort', finish);
  });
}

function isOver(kernel: Kernel, execution: Execution, { untilTaskRef, untilBlocked }: WaitOptions): boolean {
  if (hasEnded(execution.workflow.status)) return true;
  if (untilBlocked === true && findBlocked(kernel, execution)) return true;
  const task = untilTaskRef === undefined ? undefined : execution.byRef.get(untilTaskRef);
  return task !== undefined && isTerminal(task.status);
}
