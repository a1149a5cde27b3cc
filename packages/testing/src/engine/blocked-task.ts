import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import type { Task } from './types.ts';

/** The WAIT task that holds a workflow or one of its sub-workflows. HUMAN tasks do not count, as on the real server. */
export function findBlocked(kernel: Kernel, execution: Execution): Task | undefined {
  for (const task of execution.pending) {
    if (task.status !== 'IN_PROGRESS') continue;
    if (task.taskType === 'WAIT') return task;
    const child = task.subWorkflowId === undefined ? undefined : kernel.executions.find(task.subWorkflowId);
    const inner = child && findBlocked(kernel, child);
    if (inner) return inner;
  }
  return undefined;
}
