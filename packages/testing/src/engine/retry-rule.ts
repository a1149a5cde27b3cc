import { endingAfter, type Ending } from './ending.ts';
import { isFlowTask } from './task-types.ts';
import type { TaskDef } from './definition-types.ts';
import type { Task } from './types.ts';

export type AfterFailure =
  | { readonly do: 'retry'; readonly delaySeconds: number }
  /** An optional task: the workflow goes on past it. */
  | { readonly do: 'go-on' }
  /** A permissive task: its siblings run on, and the JOIN fails in its place. */
  | { readonly do: 'leave' }
  | { readonly do: 'end'; readonly ending: Ending };

const RETRIED: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT']);

/** What follows from a task's failure. */
export function afterFailure(task: Task): AfterFailure {
  const { workflowTask, taskDefinition } = task;
  const allowed = taskDefinition ? (workflowTask.retryCount ?? taskDefinition.retryCount) : 0;
  if (taskDefinition && RETRIED.has(task.status) && !isFlowTask(task.taskType) && task.retryCount < allowed) {
    return { do: 'retry', delaySeconds: retryDelaySeconds(taskDefinition, task.retryCount) };
  }
  if (workflowTask.optional) return { do: 'go-on' };
  if (workflowTask.permissive && task.status !== 'CANCELED') return { do: 'leave' };
  return { do: 'end', ending: endingAfter(task) };
}

/** The pause before the next attempt, counted in attempts already retried. */
export function retryDelaySeconds(def: TaskDef, retryCount: number): number {
  const delay = backoff(def, retryCount);
  return def.maxRetryDelaySeconds > 0 ? Math.min(delay, def.maxRetryDelaySeconds) : delay;
}

function backoff(def: TaskDef, retryCount: number): number {
  switch (def.retryLogic) {
    case 'EXPONENTIAL_BACKOFF':
      return def.retryDelaySeconds * 2 ** retryCount;
    case 'LINEAR_BACKOFF':
      return def.retryDelaySeconds * def.backoffScaleFactor * (retryCount + 1);
    default:
      return def.retryDelaySeconds;
  }
}
