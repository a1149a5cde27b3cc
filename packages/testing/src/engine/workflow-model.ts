import type { Execution } from './execution.ts';
import type { JsonMap } from './json-map.ts';
import type { Task } from './types.ts';

/** An execution in the form that the server's engine has inside: only the bulk search shows it. */
export function modelOfWorkflow(execution: Execution, includeTasks: boolean): JsonMap {
  const { startTime: _start, updateTime, rateLimited: _limited, history: _history, ...workflow } = execution.workflow;
  const { failedReferenceTaskNames, failedTaskNames } = workflow;
  return {
    ...workflow,
    // Here, other than in a workflow, empty lists are left out.
    failedReferenceTaskNames: failedReferenceTaskNames.length > 0 ? failedReferenceTaskNames : undefined,
    failedTaskNames: failedTaskNames.length > 0 ? failedTaskNames : undefined,
    updatedTime: updateTime,
    previousStatus: execution.previousStatus,
    failedTaskId: execution.failedTaskId,
    tasks: includeTasks ? workflow.tasks.map((task) => modelOfTask(execution, task)) : [],
  };
}

function modelOfTask(execution: Execution, task: Task): JsonMap {
  const { executionMetadata: _metadata, firstStartTime: _first, ...shared } = task;
  return {
    ...shared,
    firstScheduledTime: execution.firstScheduled.get(task.referenceTaskName) ?? task.scheduledTime,
    callbackAfterMs: 0,
    waitTimeout: 0,
    onStateChange: {},
    notifications: {},
    asyncComplete: task.workflowTask.asyncComplete,
    idempotent: false,
    idempotentExecution: false,
    cachedOutput: false,
    nonWorkflowEventTask: false,
  };
}
