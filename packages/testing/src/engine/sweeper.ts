import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { nextTaskDeadline, workflowDeadline } from './timeouts.ts';
import type { Task } from './types.ts';
import { hasEnded } from './status.ts';

/** Each execution has at most one timer for all its deadlines: when it fires, the decider looks at the whole workflow. */

/** Sets the timer anew; called whenever the decider has been over the workflow. */
export function armSweep(kernel: Kernel, execution: Execution): void {
  const dueMs = nextDeadline(execution);
  if (dueMs === execution.sweep?.dueMs) return;
  disarmSweep(execution);
  if (dueMs !== undefined) setSweep(kernel, execution, dueMs);
}

/** Makes sure that the timer fires by the task's deadline; a later one is left alone, so that a poll costs the same in a long workflow. */
export function sweepBy(kernel: Kernel, execution: Execution, task: Task): void {
  const dueMs = nextTaskDeadline(task, firstScheduled(execution, task));
  if (dueMs === undefined || (execution.sweep && execution.sweep.dueMs <= dueMs)) return;
  disarmSweep(execution);
  setSweep(kernel, execution, dueMs);
}

export function disarmSweep(execution: Execution): void {
  execution.sweep?.timer.cancel();
  execution.sweep = undefined;
}

export function firstScheduled(execution: Execution, task: Task): number {
  return execution.firstScheduled.get(task.referenceTaskName) ?? task.scheduledTime;
}

function setSweep(kernel: Kernel, execution: Execution, dueMs: number): void {
  const sweep = (): void => {
    execution.sweep = undefined;
    kernel.decide(execution);
  };
  // At least 1 ms, so that a deadline which has just passed cannot spin.
  execution.sweep = { dueMs, timer: kernel.clock.setTimer(sweep, Math.max(1, dueMs - kernel.clock.now())) };
}

function nextDeadline(execution: Execution): number | undefined {
  const { workflow } = execution;
  if (hasEnded(workflow.status)) return undefined;
  let earliest = workflowDeadline(workflow);
  // While paused, tasks do not time out; they are looked at again on resume.
  if (workflow.status === 'PAUSED') return earliest;
  for (const task of execution.pending) {
    const dueMs = nextTaskDeadline(task, firstScheduled(execution, task));
    if (dueMs !== undefined && (earliest === undefined || dueMs < earliest)) earliest = dueMs;
  }
  return earliest;
}
