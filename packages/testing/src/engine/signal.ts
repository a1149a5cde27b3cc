import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { updateByRef } from './task-update.ts';
import type { JsonMap } from './json-map.ts';
import type { Task, TaskStatus } from './types.ts';

/** Ends the task that a workflow, or one of its sub-workflows, waits on. HUMAN tasks are not found this way, as on the real server. */
export function signalWorkflow(kernel: Kernel, workflowId: string, status: TaskStatus, outputData: JsonMap): boolean {
  const blocked = findBlocked(kernel, kernel.executions.get(workflowId));
  if (!blocked) return false;
  updateByRef(kernel, blocked.workflowInstanceId, blocked.referenceTaskName, { status, outputData });
  return true;
}

function findBlocked(kernel: Kernel, execution: Execution): Task | undefined {
  for (const task of execution.pending) {
    if (task.status !== 'IN_PROGRESS') continue;
    if (task.taskType === 'WAIT') return task;
    const child = task.subWorkflowId === undefined ? undefined : kernel.executions.find(task.subWorkflowId);
    const inner = child && findBlocked(kernel, child);
    if (inner) return inner;
  }
  return undefined;
}
