import type { JsonMap } from './json-map.ts';
import type { Task, WorkflowStatus } from './types.ts';

/** How and why a workflow ends. */
export interface Ending {
  readonly status: Exclude<WorkflowStatus, 'RUNNING' | 'PAUSED'>;
  readonly reason?: string | undefined;
  /** The task that made it end, if one did. */
  readonly task?: Task | undefined;
  /** A caller wanted it, or a parent ended; then no failure workflow is started. */
  readonly isAsked?: true;
  /** In place of the output that the definition asks for. */
  readonly output?: JsonMap | undefined;
}

/** The ending that a failed task brings about: a cancelled one terminates the workflow, a timed-out one times it out. */
export function endingAfter(task: Task): Ending {
  const status = task.status === 'CANCELED' ? 'TERMINATED' : task.status === 'TIMED_OUT' ? 'TIMED_OUT' : 'FAILED';
  return {
    status,
    task,
    reason: `Task ${task.taskId} failed with status: ${status} and reason: '${task.reasonForIncompletion ?? null}'`,
  };
}
