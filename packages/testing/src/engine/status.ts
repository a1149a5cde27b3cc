import type { TaskStatus, WorkflowStatus } from './types.ts';

const OPEN_TASKS: ReadonlySet<TaskStatus> = new Set<TaskStatus>(['SCHEDULED', 'IN_PROGRESS']);
const SUCCESSFUL_TASKS: ReadonlySet<TaskStatus> = new Set<TaskStatus>([
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'SKIPPED',
]);
const OPEN_WORKFLOWS: ReadonlySet<WorkflowStatus> = new Set<WorkflowStatus>(['RUNNING', 'PAUSED']);

export function isTerminal(status: TaskStatus): boolean {
  return !OPEN_TASKS.has(status);
}

/** Of an ended task: did it end well, so that the workflow goes on? */
export function isSuccessful(status: TaskStatus): boolean {
  return SUCCESSFUL_TASKS.has(status);
}

export function hasEnded(status: WorkflowStatus): boolean {
  return !OPEN_WORKFLOWS.has(status);
}
