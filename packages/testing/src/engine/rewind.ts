import { scheduleFirst } from './begin-execution.ts';
import { snapshotOf } from './definition-snapshot.ts';
import { changeStatus, type Execution, keepTasks } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { conflict, notFound } from './server-error.ts';
import { hasEnded, isSuccessful, isTerminal } from './status.ts';
import { beginTask, clearTaskTimer, leaveQueue } from './task-ending.ts';
import { createRetry } from './task-factory.ts';
import { kindOf } from './tasks/task-kinds.ts';
import { runOf } from './schedule-step.ts';
import type { Task, Workflow } from './types.ts';
import { labelOf } from './workflow-label.ts';

/** Runs an ended workflow again from its start, under the same id. */
export function restartWorkflow(kernel: Kernel, id: string, useLatestDefinitions: boolean): void {
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (!hasEnded(workflow.status))
    throw conflict(`Workflow: ${labelOf(workflow)}.${workflow.status} is not in terminal state, unable to restart.`);
  if (useLatestDefinitions) adoptLatestDefinition(kernel, execution);
  if (!workflow.workflowDefinition.restartable && workflow.status === 'COMPLETED')
    throw notFound(`Workflow: ${labelOf(workflow)}.${workflow.status} is non-restartable`);
  forgetTasks(kernel, execution, () => false);
  reopen(kernel, execution);
  workflow.createTime = kernel.clock.now();
  workflow.endTime = 0;
  workflow.output = {};
  workflow.startTime = kernel.clock.now();
  workflow.lastRetriedTime = 0;
  execution.failedTaskId = undefined;
  scheduleFirst(kernel, execution);
}

/** Tries the failed and cancelled tasks of an ended workflow once more; `inChild` those of the child that it failed over, in that same child. */
export function retryWorkflow(kernel: Kernel, id: string, inChild = false): void {
  const asked = kernel.executions.get(id);
  const execution = inChild && hasEnded(asked.workflow.status) ? failedChildOf(kernel, asked) : asked;
  const { workflow } = execution;
  if (!hasEnded(workflow.status)) throw notFound(`Workflow is still running.  status=${workflow.status}`);
  if (workflow.tasks.length === 0) throw conflict('Workflow has not started yet');
  const toRetry = [...execution.byRef.values()].filter((task) => isTerminal(task.status) && !isSuccessful(task.status));
  if (toRetry.length === 0 && workflow.status !== 'TIMED_OUT') {
    throw conflict('There are no retryable tasks! Use restart if you want to attempt entire workflow execution again.');
  }
  reopen(kernel, execution);
  workflow.lastRetriedTime = kernel.clock.now();
  for (const task of toRetry.sort((a, b) => a.seq - b.seq)) retryTask(kernel, execution, task);
  kernel.decide(execution);
}

/** The workflow at the bottom of a chain of failed children; the given one when it did not fail over a child. */
function failedChildOf(kernel: Kernel, execution: Execution): Execution {
  const failed = [...execution.byRef.values()].findLast(
    ({ status, subWorkflowId }) => subWorkflowId !== undefined && isTerminal(status) && !isSuccessful(status),
  );
  const child = failed?.subWorkflowId === undefined ? undefined : kernel.executions.find(failed.subWorkflowId);
  return child ? failedChildOf(kernel, child) : execution;
}

function retryTask(kernel: Kernel, execution: Execution, task: Task): void {
  const { type } = task.workflowTask;
  // These only look at other tasks, so they go on instead of being copied.
  if ((type === 'JOIN' || type === 'DO_WHILE') && task.status === 'CANCELED') {
    goOnWaiting(kernel, execution, task);
    return;
  }
  task.executed = true;
  const attempt = createRetry(kernel, execution, task, {
    callbackAfterSeconds: 0,
    reasonForIncompletion: undefined,
    updateTime: task.updateTime,
  });
  kindOf(type).start(runOf(kernel, execution), attempt);
}

/** Opens a JOIN or a loop again that had ended together with what it waits for. */
export function goOnWaiting(kernel: Kernel, execution: Execution, task: Task): void {
  beginTask(kernel, task);
  task.executed = false;
  execution.pending.add(task);
}

/** A workflow that runs again; a parent that had ended over it does too. The end it once had stays readable until the next one. */
export function reopen(kernel: Kernel, execution: Execution): void {
  const { workflow } = execution;
  Object.assign(workflow, {
    reasonForIncompletion: undefined,
    updateTime: kernel.clock.now(),
  });
  changeStatus(execution, 'RUNNING');
  kernel.executions.noteReopened(execution);
  const parent =
    workflow.parentWorkflowId === undefined ? undefined : kernel.executions.find(workflow.parentWorkflowId);
  const task = parent?.workflow.tasks.find((each) => each.taskId === workflow.parentWorkflowTaskId);
  if (!parent || !task || task.workflowTask.optional || isSuccessful(task.status)) return;
  if (hasEnded(parent.workflow.status)) reopen(kernel, parent);
  Object.assign(parent.workflow, {
    lastRetriedTime: kernel.clock.now(),
    failedReferenceTaskNames: [],
    failedTaskNames: [],
  } satisfies Partial<Workflow>);
  Object.assign(task, {
    status: 'IN_PROGRESS',
    executed: false,
    reasonForIncompletion: undefined,
  } satisfies Partial<Task>);
  parent.pending.add(task);
}

function adoptLatestDefinition(kernel: Kernel, execution: Execution): void {
  const { workflow } = execution;
  const latest = kernel.metadata.findWorkflowDef(workflow.workflowName);
  if (!latest) throw notFound(`Unable to find latest definition for ${workflow.workflowId}`);
  const { definition, flow } = snapshotOf(latest, kernel.metadata);
  workflow.workflowDefinition = definition;
  workflow.workflowVersion = definition.version;
  execution.flow = flow;
}

export function forgetTasks(kernel: Kernel, execution: Execution, keep: (task: Task) => boolean): void {
  for (const task of execution.workflow.tasks) {
    if (keep(task)) continue;
    leaveQueue(kernel, task);
    clearTaskTimer(execution, task);
    kernel.executions.removeTask(task.taskId);
    kernel.logs.forget(task.taskId);
  }
  keepTasks(execution, keep);
}
