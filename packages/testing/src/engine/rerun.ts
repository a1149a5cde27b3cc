import { scheduleFirst } from './begin-execution.ts';
import type { Execution } from './execution.ts';
import { readMap, readOptionalMap, readText } from './field-readers.ts';
import { allSteps } from './flow.ts';
import type { Kernel } from './kernel.ts';
import { forgetTasks, goOnWaiting, reopen } from './rewind.ts';
import { runOf } from './schedule-step.ts';
import { badRequest, conflict } from './server-error.ts';
import { hasEnded, isTerminal } from './status.ts';
import { kindOf } from './tasks/task-kinds.ts';
import type { JsonMap } from './json-map.ts';
import type { Task } from './types.ts';
import { labelOf } from './workflow-label.ts';

/** Runs an ended workflow again from one of its tasks, or from the start when none is named. */
export function rerunWorkflow(kernel: Kernel, id: string, request: unknown): string {
  const raw = readMap(request ?? {}, 'com.netflix.conductor.common.metadata.workflow.RerunWorkflowRequest');
  const execution = kernel.executions.get(id);
  const { workflow } = execution;
  if (!hasEnded(workflow.status))
    throw conflict(`Workflow: ${labelOf(workflow)}.${workflow.status} is not in terminal state, unable to rerun.`);
  const taskId = readText(raw['reRunFromTaskId']);
  const from = taskId === undefined ? undefined : workflow.tasks.find((task) => task.taskId === taskId);
  if (taskId !== undefined && !from) throw badRequest(`Task ${taskId} not found`);
  workflow.input = readOptionalMap(raw['workflowInput'], 'java.util.Map') ?? workflow.input;
  workflow.correlationId = readText(raw['correlationId']) ?? workflow.correlationId;
  reopen(kernel, execution);
  if (from) rerunTask(kernel, execution, from, readOptionalMap(raw['taskInput'], 'java.util.Map'));
  else {
    forgetTasks(kernel, execution, () => false);
    scheduleFirst(kernel, execution);
  }
  return id;
}

/** The task goes back to SCHEDULED with its id and number; whatever came after it is forgotten. */
function rerunTask(kernel: Kernel, execution: Execution, task: Task, input: JsonMap | undefined): void {
  const beside = stepsBeside(execution, task.workflowTask.taskReferenceName);
  forgetTasks(
    kernel,
    execution,
    (each) => each === task || each.seq < task.seq || beside.has(each.workflowTask.taskReferenceName),
  );
  Object.assign(task, {
    status: 'SCHEDULED',
    retryCount: 0,
    retried: false,
    executed: false,
    outputData: {},
    startTime: 0,
    endTime: 0,
    updateTime: kernel.clock.now(),
    pollCount: 0,
    scheduledTime: kernel.clock.now(),
    callbackAfterSeconds: 0,
    workerId: undefined,
    reasonForIncompletion: undefined,
    subWorkflowId: undefined,
    externalOutputPayloadStoragePath: undefined,
    ...(input ? { inputData: input, externalInputPayloadStoragePath: undefined } : {}),
  } satisfies Partial<Task>);
  execution.pending.add(task);
  execution.firstScheduled.set(task.referenceTaskName, task.scheduledTime);
  reopenAround(kernel, execution, task);
  const run = runOf(kernel, execution);
  kindOf(task.workflowTask.type).start(run, task);
  kernel.decide(execution);
}

/** Loops and joins that ended together with the task wait for it again; branches beside it that were cancelled run again. */
function reopenAround(kernel: Kernel, execution: Execution, rerun: Task): void {
  const loop = execution.placements.get(rerun)?.loop;
  const beside = stepsBeside(execution, rerun.workflowTask.taskReferenceName);
  for (const task of execution.workflow.tasks) {
    const { type, taskReferenceName } = task.workflowTask;
    if (task === rerun || !isTerminal(task.status) || task.retried) continue;
    if (task === loop || (type === 'JOIN' && beside.has(taskReferenceName))) goOnWaiting(kernel, execution, task);
    else if (task.status === 'CANCELED' && beside.has(taskReferenceName)) {
      Object.assign(task, { status: 'SCHEDULED', endTime: 0, startTime: 0, executed: false } satisfies Partial<Task>);
      execution.pending.add(task);
      kindOf(type).start(runOf(kernel, execution), task);
    }
  }
}

/** Reference names of the steps that run beside a step of a fork: those of the other branches, and the JOIN. */
function stepsBeside(execution: Execution, ref: string): ReadonlySet<string> {
  const beside = new Set<string>();
  for (const step of allSteps(execution.workflow.workflowDefinition.tasks)) {
    const branches = step.forkTasks.map((branch) => allSteps(branch).map((each) => each.taskReferenceName));
    if (!branches.some((branch) => branch.includes(ref))) continue;
    for (const branch of branches) if (!branch.includes(ref)) for (const each of branch) beside.add(each);
    const join = execution.flow.get(step.taskReferenceName);
    if (join) beside.add(join.taskReferenceName);
  }
  return beside;
}
