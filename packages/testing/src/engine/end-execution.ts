import type { Ending } from './ending.ts';
import { notify } from './decider.ts';
import { changeStatus, type Execution, scopeOf } from './execution.ts';
import { startFailureWorkflow } from './failure-workflow.ts';
import { resolveMap } from './expressions.ts';
import type { Kernel } from './kernel.ts';
import { storagePathOf } from './payload-limits.ts';
import { runOf } from './schedule-step.ts';
import { hasEnded, isTerminal } from './status.ts';
import { disarmSweep } from './sweeper.ts';
import { endTask } from './task-ending.ts';
import { noteChildEnded } from './tasks/sub-workflow.ts';
import { kindOf } from './tasks/task-kinds.ts';
import type { JsonMap } from './json-map.ts';

/** Ends a workflow: output, status, open tasks, the failure workflow, and whoever waits for it. */
export function endExecution(kernel: Kernel, execution: Execution, ending: Ending): void {
  const { workflow } = execution;
  const wasOver = hasEnded(workflow.status);
  const now = kernel.clock.now();
  // Evaluated first: an output that shows the workflow's status shows RUNNING.
  workflow.output = workflowOutput(execution, ending);
  workflow.externalOutputPayloadStoragePath = storagePathOf(workflow.output, 'workflow');
  changeStatus(execution, ending.status);
  if (ending.status !== 'COMPLETED') execution.failedTaskId ??= ending.task?.taskId;
  workflow.reasonForIncompletion = ending.reason;
  workflow.updateTime = now;
  if (!wasOver) workflow.endTime = now;
  cancelOpenTasks(kernel, execution, ending.reason);
  noteFailedTasks(execution);
  disarmSweep(execution);
  execution.ending = undefined;
  if (wasOver) return;

  kernel.counts.ended(ending.status);
  if (ending.status !== 'COMPLETED' && !ending.isAsked) startFailureWorkflow(kernel, execution, ending);
  noteChildEnded(kernel, execution);
  notify(kernel, execution);
  kernel.executions.noteEnded(execution);
}

function workflowOutput(execution: Execution, ending: Ending): JsonMap {
  const { tasks, workflowDefinition } = execution.workflow;
  if (ending.output) return ending.output;
  if (Object.keys(workflowDefinition.outputParameters).length > 0)
    return resolveMap(workflowDefinition.outputParameters, scopeOf(execution));
  return (ending.task ?? tasks.at(-1))?.outputData ?? {};
}

function cancelOpenTasks(kernel: Kernel, execution: Execution, reason: string | undefined): void {
  const run = runOf(kernel, execution);
  for (const task of execution.workflow.tasks) {
    if (isTerminal(task.status)) continue;
    endTask(kernel, execution, task, 'CANCELED');
    kindOf(task.workflowTask.type).stop?.(run, task, reason);
  }
  execution.pending.clear();
}

/** Names are only ever added: a retry that then succeeds does not clear them. */
function noteFailedTasks({ workflow }: Execution): void {
  const failed = workflow.tasks.filter(({ status }) => status === 'FAILED' || status === 'FAILED_WITH_TERMINAL_ERROR');
  workflow.failedReferenceTaskNames = [
    ...new Set([...workflow.failedReferenceTaskNames, ...failed.map((task) => task.referenceTaskName)]),
  ];
  workflow.failedTaskNames = [...new Set([...workflow.failedTaskNames, ...failed.map((task) => task.taskDefName)])];
}
