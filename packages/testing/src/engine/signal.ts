import { findBlocked } from './blocked-task.ts';
import type { Kernel } from './kernel.ts';
import { updateByRef } from './task-update.ts';
import type { JsonMap } from './json-map.ts';
import type { TaskStatus } from './types.ts';

/** Ends the task that a workflow, or one of its sub-workflows, waits on. */
export function signalWorkflow(kernel: Kernel, workflowId: string, status: TaskStatus, outputData: JsonMap): boolean {
  const blocked = findBlocked(kernel, kernel.executions.get(workflowId));
  if (!blocked) return false;
  updateByRef(kernel, blocked.workflowInstanceId, blocked.referenceTaskName, { status, outputData });
  return true;
}
