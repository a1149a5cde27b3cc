import type { Timer } from '../clock.ts';
import type { Ending } from './ending.ts';
import type { Scope } from './expressions.ts';
import type { Flow } from './flow.ts';
import { isTerminal } from './status.ts';
import type { Task, Workflow, WorkflowStatus } from './types.ts';

/** Where in the loops of a workflow a task stands. Outside of any loop the suffix is empty. */
export interface Placement {
  /** The DO_WHILE task whose body it belongs to. */
  readonly loop?: Task | undefined;
  readonly iteration: number;
  /** What is appended to reference names there: `__2` in the second turn. */
  readonly suffix: string;
}

export const OUTSIDE_LOOPS: Placement = { iteration: 0, suffix: '' };

/** A workflow while it runs: what the wire shows, and the decider's book-keeping. */
export interface Execution {
  readonly workflow: Workflow;
  flow: Flow;
  /** The newest task of each reference name. */
  readonly byRef: Map<string, Task>;
  /** The newest task of each step, whatever its turn in a loop: what `${ref.output}` means. */
  readonly byStep: Map<string, Task>;
  /** Tasks that the decider still has to deal with; all others are history, and are never looked at again. */
  readonly pending: Set<Task>;
  readonly placements: Map<Task, Placement>;
  /** When the first attempt of a task was scheduled, by reference name: the total timeout counts from there. */
  readonly firstScheduled: Map<string, number>;
  /** Timers of WAIT, JOIN and SUB_WORKFLOW tasks, by task id. */
  readonly timers: Map<string, Timer>;
  /** Told after each change: synchronous waits live on it. */
  readonly watchers: Set<() => void>;
  sweep?: { readonly dueMs: number; readonly timer: Timer } | undefined;
  /** Set while the decider is at work by a step that ends the workflow. */
  ending?: Ending | undefined;
  /** Its status before the last change. */
  previousStatus?: WorkflowStatus | undefined;
  /** The task that the workflow failed over. */
  failedTaskId?: string | undefined;
  deciding: boolean;
  decideAgain: boolean;
}

export function newExecution(workflow: Workflow, flow: Flow): Execution {
  return {
    workflow,
    flow,
    byRef: new Map(),
    byStep: new Map(),
    pending: new Set(),
    placements: new Map(),
    firstScheduled: new Map(),
    timers: new Map(),
    watchers: new Set(),
    deciding: false,
    decideAgain: false,
  };
}

export function changeStatus(execution: Execution, status: WorkflowStatus): void {
  const { workflow } = execution;
  if (workflow.status !== status) execution.previousStatus = workflow.status;
  workflow.status = status;
}

/** Appends a task to the history and to the decider's list. */
export function addTask(execution: Execution, task: Task, at: Placement): void {
  execution.workflow.tasks.push(task);
  execution.placements.set(task, at);
  indexTask(execution, task);
  if (!execution.firstScheduled.has(task.referenceTaskName))
    execution.firstScheduled.set(task.referenceTaskName, task.scheduledTime);
  if (!task.executed) execution.pending.add(task);
}

function indexTask(execution: Execution, task: Task): void {
  execution.byRef.set(task.referenceTaskName, task);
  execution.byStep.set(task.workflowTask.taskReferenceName, task);
}

/** Forgets all tasks that do not pass, as if they had never been scheduled. */
export function keepTasks(execution: Execution, keep: (task: Task) => boolean): void {
  const { workflow } = execution;
  for (const task of workflow.tasks) {
    if (keep(task)) continue;
    execution.pending.delete(task);
    execution.placements.delete(task);
    execution.firstScheduled.delete(task.referenceTaskName);
  }
  workflow.tasks = workflow.tasks.filter((task) => keep(task));
  execution.byRef.clear();
  execution.byStep.clear();
  for (const task of workflow.tasks) indexTask(execution, task);
}

export function placementOf(execution: Execution, task: Task): Placement {
  return execution.placements.get(task) ?? OUTSIDE_LOOPS;
}

export function nextSeq(execution: Execution): number {
  return (execution.workflow.tasks.at(-1)?.seq ?? 0) + 1;
}

export function findOpenTask(execution: Execution, referenceTaskName: string): Task | undefined {
  const task = execution.byRef.get(referenceTaskName) ?? execution.byStep.get(referenceTaskName);
  return task && !isTerminal(task.status) ? task : undefined;
}

/** What `${...}` can see: the workflow, its tasks, and the id of the task whose input is being made. */
export function scopeOf(execution: Execution, taskId?: string): Scope {
  return (root) => {
    if (root === 'workflow') return visibleWorkflow(execution.workflow);
    if (root === 'CPEWF_TASK_ID') return taskId;
    const task = execution.byRef.get(root) ?? execution.byStep.get(root);
    return task && visibleTask(task);
  };
}

/** Of a workflow, only these are there for expressions. */
function visibleWorkflow(workflow: Workflow): object {
  const { input, output, status, workflowId, parentWorkflowId, parentWorkflowTaskId } = workflow;
  const { workflowName, workflowVersion, correlationId, reasonForIncompletion, workflowDefinition, variables } =
    workflow;
  return {
    input,
    output,
    status,
    workflowId,
    parentWorkflowId,
    parentWorkflowTaskId,
    workflowType: workflowName,
    version: workflowVersion,
    correlationId,
    reasonForIncompletion,
    schemaVersion: workflowDefinition.schemaVersion,
    variables,
  };
}

/** Of a task, only these are there for expressions. */
function visibleTask(task: Task): object {
  const { inputData, outputData, taskType, status, referenceTaskName, retryCount, correlationId, pollCount } = task;
  const { taskDefName, scheduledTime, startTime, endTime, workflowInstanceId, taskId, reasonForIncompletion } = task;
  const { callbackAfterSeconds, workerId, iteration } = task;
  return {
    input: inputData,
    output: outputData,
    taskType,
    status,
    referenceTaskName,
    retryCount,
    correlationId,
    pollCount,
    taskDefName,
    scheduledTime,
    startTime,
    endTime,
    workflowInstanceId,
    taskId,
    reasonForIncompletion,
    callbackAfterSeconds,
    workerId,
    iteration,
  };
}
