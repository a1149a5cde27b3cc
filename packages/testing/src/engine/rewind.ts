import { scheduleFirst } from './begin-execution.ts';
import { snapshotOf } from './definition-snapshot.ts';
import { type Execution, keepTasks } from './execution.ts';
import { readMap, readOptionalMap, readText } from './field-readers.ts';
import type { Kernel } from './kernel.ts';
import { conflict, notFound } from './server-error.ts';
import { hasEnded, isSuccessful, isTerminal } from './status.ts';
import { beginTask, clearTaskTimer, leaveQueue } from './task-ending.ts';
import { createRetry } from './task-factory.ts';
import { kindOf } from './tasks/task-kinds.ts';
import { runOf } from './schedule-step.ts';
import type { Task } from './types.ts';

/** Runs an ended workflow again from its start, under the same id. */
export function restartWorkflow(kernel: Kernel, id: string, useLatestDefinitions: boolean): void {
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (!hasEnded(workflow.status)) throw conflict(`Workflow: ${id} is not in terminal state, unable to restart.`);
  if (useLatestDefinitions) adoptLatestDefinition(kernel, execution);
  if (!workflow.workflowDefinition.restartable && workflow.status === 'COMPLETED')
    throw notFound(`Workflow: ${id} is non-restartable`);
  forget(kernel, execution, () => false);
  reopen(kernel, execution);
  workflow.createTime = kernel.clock.now();
  workflow.startTime = kernel.clock.now();
  workflow.lastRetriedTime = 0;
  workflow.variables = { ...workflow.workflowDefinition.variables };
  scheduleFirst(kernel, execution);
}

/** Tries the failed and cancelled tasks of an ended workflow once more. */
export function retryWorkflow(kernel: Kernel, id: string): void {
  const execution = kernel.executions.get(id);
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

function retryTask(kernel: Kernel, execution: Execution, task: Task): void {
  const { type } = task.workflowTask;
  // These only look at other tasks, so they go on instead of being copied.
  if ((type === 'JOIN' || type === 'DO_WHILE') && task.status === 'CANCELED') {
    beginTask(kernel, task);
    task.endTime = 0;
    task.executed = false;
    execution.pending.add(task);
    return;
  }
  task.executed = true;
  const attempt = createRetry(kernel, execution, task, { callbackAfterSeconds: 0, reasonForIncompletion: undefined });
  kindOf(type).start(runOf(kernel, execution), attempt);
}

/** Runs an ended workflow again from one of its tasks, or from the start when none is named. */
export function rerunWorkflow(kernel: Kernel, id: string, request: unknown): string {
  const raw = readMap(request ?? {}, 'com.netflix.conductor.common.metadata.workflow.RerunWorkflowRequest');
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (!hasEnded(workflow.status)) throw conflict(`Workflow: ${id} is not in terminal state, unable to rerun.`);
  const taskId = readText(raw['reRunFromTaskId']);
  const from = taskId === undefined ? undefined : workflow.tasks.find((task) => task.taskId === taskId);
  if (taskId !== undefined && !from) throw notFound(`Task ${taskId} not found in the workflow ${id}`);
  const input = readOptionalMap(raw['workflowInput'], 'java.util.Map');
  if (input) workflow.input = input;
  workflow.correlationId = readText(raw['correlationId']) ?? workflow.correlationId;
  workflow.reRunFromWorkflowId = readText(raw['reRunFromWorkflowId']) ?? id;
  reopen(kernel, execution);
  workflow.lastRetriedTime = kernel.clock.now();
  if (from) rerunTask(kernel, execution, from, readOptionalMap(raw['taskInput'], 'java.util.Map'));
  else {
    forget(kernel, execution, () => false);
    scheduleFirst(kernel, execution);
  }
  return id;
}

/** The task goes back to SCHEDULED with its id and number; whatever came after it is forgotten. */
function rerunTask(kernel: Kernel, execution: Execution, task: Task, input: Record<string, unknown> | undefined): void {
  forget(kernel, execution, (each) => each === task || each.seq < task.seq);
  Object.assign(task, {
    status: 'SCHEDULED',
    retryCount: 0,
    retried: false,
    executed: false,
    outputData: {},
    startTime: 0,
    endTime: 0,
    updateTime: 0,
    pollCount: 0,
    scheduledTime: kernel.clock.now(),
    callbackAfterSeconds: 0,
    workerId: undefined,
    reasonForIncompletion: undefined,
    subWorkflowId: undefined,
    ...(input ? { inputData: input } : {}),
  } satisfies Partial<Task>);
  execution.pending.add(task);
  execution.firstScheduled.set(task.referenceTaskName, task.scheduledTime);
  // A JOIN or a loop around the task was cancelled with it, or has ended: it has to wait again.
  for (const each of execution.workflow.tasks) {
    if (each.status === 'CANCELED' && (each.workflowTask.type === 'JOIN' || each.workflowTask.type === 'DO_WHILE'))
      retryTask(kernel, execution, each);
  }
  kindOf(task.workflowTask.type).start(runOf(kernel, execution), task);
  kernel.decide(execution);
}

/** A workflow that runs again; a parent that had ended over it does too. */
function reopen(kernel: Kernel, execution: Execution): void {
  const { workflow } = execution;
  Object.assign(workflow, {
    status: 'RUNNING',
    endTime: 0,
    output: {},
    reasonForIncompletion: undefined,
    updateTime: kernel.clock.now(),
  });
  kernel.executions.noteReopened(execution);
  const parent =
    workflow.parentWorkflowId === undefined ? undefined : kernel.executions.find(workflow.parentWorkflowId);
  const task = parent?.workflow.tasks.find((each) => each.taskId === workflow.parentWorkflowTaskId);
  if (!parent || !task || task.workflowTask.optional || isSuccessful(task.status)) return;
  if (hasEnded(parent.workflow.status)) reopen(kernel, parent);
  Object.assign(task, {
    status: 'IN_PROGRESS',
    subworkflowChanged: true,
    endTime: 0,
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

function forget(kernel: Kernel, execution: Execution, keep: (task: Task) => boolean): void {
  for (const task of execution.workflow.tasks) {
    if (keep(task)) continue;
    leaveQueue(kernel, task);
    clearTaskTimer(execution, task);
    kernel.executions.removeTask(task.taskId);
    kernel.logs.forget(task.taskId);
  }
  keepTasks(execution, keep);
}
