import { notify } from './decider.ts';
import { type Execution, findOpenTask } from './execution.ts';
import {
  isMap,
  readChoice,
  readFlag,
  readList,
  readMap,
  readNumber,
  readOptionalMap,
  readText,
} from './field-readers.ts';
import type { JsonMap } from './json-map.ts';
import type { Kernel } from './kernel.ts';
import { placeOf } from './payload-limits.ts';
import { internal, notFound, validationFailed, type ValidationProblem } from './server-error.ts';
import { hasEnded, isTerminal } from './status.ts';
import { sweepBy } from './sweeper.ts';
import { endTask, leaveQueue } from './task-ending.ts';
import { isWorkerTask } from './task-types.ts';
import type { Task, TaskResult, TaskStatus } from './types.ts';

const RESULT = 'com.netflix.conductor.common.metadata.tasks.TaskResult';
const REPORTED = [
  'CANCELED',
  'COMPLETED',
  'FAILED_WITH_TERMINAL_ERROR',
  'FAILED',
  'IN_PROGRESS',
] as const satisfies readonly TaskStatus[];

/** What the server says of a report without a status. */
const NO_STATUS = `Cannot invoke "${RESULT}$Status.name()" because the return value of "${RESULT}.getStatus()" is null`;

/** Reads a worker's report; statuses only the server may set are refused. */
export function readTaskResult(value: unknown): TaskResult {
  const raw = readMap(value, RESULT);
  return {
    workflowInstanceId: readText(raw['workflowInstanceId']) ?? '',
    taskId: readText(raw['taskId']) ?? '',
    status: readStatus(raw['status']),
    reasonForIncompletion: readText(raw['reasonForIncompletion']),
    callbackAfterSeconds: readNumber(raw['callbackAfterSeconds']) ?? 0,
    workerId: readText(raw['workerId']),
    outputData: readOptionalMap(raw['outputData'], 'java.util.Map'),
    logs: readLogs(raw['logs']),
    extendLease: readFlag(raw['extendLease']) ?? false,
    subWorkflowId: readText(raw['subWorkflowId']),
  };
}

export function readStatus(value: unknown): TaskStatus | undefined {
  return readChoice(value, REPORTED, `${RESULT}$Status`);
}

/** Takes a result and goes on with the workflow; gives the task, whether or not it was still open. */
export function updateTask(kernel: Kernel, result: TaskResult): Task {
  refuseWithoutIds(result);
  kernel.executions.get(result.workflowInstanceId);
  // That the task belongs to this very workflow is not asked.
  const known = kernel.executions.findTask(result.taskId);
  if (!known) throw notFound(`No such task found by id: ${result.taskId}`);
  applyResult(kernel, known.execution, known.task, result);
  return known.task;
}

/** What a caller who names the task by its reference name can say about it. */
export interface ByRefResult {
  readonly status: TaskStatus;
  readonly outputData: JsonMap;
  readonly workerId?: string | undefined;
}

/** The open task of that name gets the result, laid over what was reported before; `undefined` when there is none. */
export function updateByRef(kernel: Kernel, workflowId: string, ref: string, result: ByRefResult): Task | undefined {
  const execution = kernel.executions.find(workflowId);
  const task = execution && findOpenTask(execution, ref);
  if (!task) return undefined;
  applyResult(kernel, execution, task, {
    workflowInstanceId: workflowId,
    taskId: task.taskId,
    status: result.status,
    workerId: result.workerId ?? task.workerId,
    outputData: { ...task.outputData, ...result.outputData },
    reasonForIncompletion: task.reasonForIncompletion,
    callbackAfterSeconds: task.callbackAfterSeconds,
    logs: [],
    extendLease: false,
  });
  return task;
}

function applyResult(kernel: Kernel, execution: Execution, task: Task, result: TaskResult): void {
  if (isTerminal(task.status) || hasEnded(execution.workflow.status)) {
    // Late news is accepted and ignored, so a worker may send its result twice.
    kernel.counts.updatesIgnored += 1;
    return;
  }
  const now = kernel.clock.now();
  execution.workflow.updateTime = now;
  if (result.extendLease) {
    // The response timeout counts from here again; everything else in the report is ignored, even another status.
    task.updateTime = now;
    return;
  }
  if (result.status === undefined) throw internal(NO_STATUS);
  // These are the report's even when it has none.
  task.workerId = result.workerId;
  task.reasonForIncompletion = result.reasonForIncompletion;
  task.callbackAfterSeconds = result.callbackAfterSeconds;
  task.subWorkflowId = result.subWorkflowId ?? task.subWorkflowId;
  const output = result.outputData ?? {};
  const place = placeOf(output, 'task', `task: ${task.taskId} in workflow: ${task.workflowInstanceId} `);
  task.outputData = place.at === 'refused' ? {} : output;
  task.externalOutputPayloadStoragePath = place.at === 'external' ? place.path : undefined;
  if (place.at === 'refused') endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', { reason: place.reason });
  else if (result.status === 'IN_PROGRESS') handBack(kernel, execution, task);
  else endTask(kernel, execution, task, result.status);
  for (const { log, createdTime = 0 } of result.logs) kernel.logs.add(task.taskId, log, createdTime);
  kernel.decide(execution);
  notify(kernel, execution);
}

/** A worker's IN_PROGRESS puts the task back on its queue: any worker can poll it, after the pause it asked for. */
function handBack(kernel: Kernel, execution: Execution, task: Task): void {
  task.updateTime = kernel.clock.now();
  if (!isWorkerTask(task.workflowTask.type)) return;
  leaveQueue(kernel, task);
  task.status = 'SCHEDULED';
  kernel.queues.push(task, task.callbackAfterSeconds * 1000);
  sweepBy(kernel, execution, task);
}

function refuseWithoutIds({ workflowInstanceId, taskId }: TaskResult): void {
  const problems: ValidationProblem[] = [];
  if (!workflowInstanceId)
    problems.push({ path: 'updateTask.arg0.workflowInstanceId', message: 'Workflow Id cannot be null or empty' });
  if (!taskId) problems.push({ path: 'updateTask.arg0.taskId', message: 'Task ID cannot be null or empty' });
  if (problems.length > 0) throw validationFailed(problems);
}

function readLogs(value: unknown): TaskResult['logs'] {
  if (value === undefined || value === null) return [];
  return readList(value, 'java.util.List<com.netflix.conductor.common.metadata.tasks.TaskExecLog>').map((entry) => {
    const raw = isMap(entry) ? entry : {};
    return { log: readText(raw['log']) ?? '', createdTime: readNumber(raw['createdTime']) || undefined };
  });
}
