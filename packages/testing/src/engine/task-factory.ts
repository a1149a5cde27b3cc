import { randomUUID } from 'node:crypto';
import { addTask, type Execution, nextSeq, type Placement, placementOf, scopeOf } from './execution.ts';
import { resolveMap } from './expressions.ts';
import type { Kernel } from './kernel.ts';
import { storagePathOf } from './payload-limits.ts';
import type { WorkflowTask } from './definition-types.ts';
import type { JsonMap } from './json-map.ts';
import { isWorkerTask, taskDefNameOf, taskTypeOf } from './task-types.ts';
import type { Task } from './types.ts';

/** Makes the task of a step and adds it to the workflow; it is SCHEDULED and nobody knows of it yet. */
export function createTask(
  kernel: Kernel,
  execution: Execution,
  step: WorkflowTask,
  at: Placement,
  more: Partial<Task> = {},
): Task {
  const { workflow } = execution;
  const taskId = randomUUID();
  const taskType = taskTypeOf(step);
  // Tasks that the server runs itself show none of the limits of their definition.
  const limits = isWorkerTask(step.type) ? step.taskDefinition : undefined;
  const inputData = taskInput(execution, step, taskId);
  const task: Task = {
    taskType,
    status: 'SCHEDULED',
    inputData,
    externalInputPayloadStoragePath: storagePathOf(inputData, 'task'),
    referenceTaskName: step.taskReferenceName + at.suffix,
    retryCount: 0,
    seq: nextSeq(execution),
    correlationId: workflow.correlationId,
    pollCount: 0,
    taskDefName: taskDefNameOf(taskType, step),
    scheduledTime: kernel.clock.now(),
    startTime: 0,
    endTime: 0,
    updateTime: 0,
    startDelayInSeconds: step.startDelay,
    retried: false,
    executed: false,
    callbackFromWorker: true,
    responseTimeoutSeconds: limits?.responseTimeoutSeconds ?? 0,
    workflowInstanceId: workflow.workflowId,
    workflowType: workflow.workflowName,
    taskId,
    callbackAfterSeconds: step.startDelay,
    outputData: {},
    workflowTask: step,
    rateLimitPerFrequency: limits?.rateLimitPerFrequency ?? 0,
    rateLimitFrequencyInSeconds: limits?.rateLimitFrequencyInSeconds ?? 0,
    workflowPriority: workflow.priority,
    iteration: at.iteration,
    subworkflowChanged: false,
    firstStartTime: 0,
    executionMetadata: { additionalContext: {}, empty: true, additionalContextMap: {} },
    taskDefinition: step.taskDefinition,
    loopOverTask: at.iteration > 0,
    queueWaitTime: 0,
    ...more,
  };
  if (isWorkerTask(step.type)) task.domain = domainFor(kernel, workflow.taskToDomain, task.taskType);
  register(kernel, execution, task, at);
  return task;
}

/** The next attempt of a failed task: a new task with a new id in the same place. */
export function createRetry(kernel: Kernel, execution: Execution, failed: Task, more: Partial<Task>): Task {
  const taskId = randomUUID();
  const attempt: Task = {
    ...failed,
    status: 'SCHEDULED',
    inputData: { ...failed.inputData, ...taskInput(execution, failed.workflowTask, taskId) },
    outputData: {},
    retryCount: failed.retryCount + 1,
    seq: nextSeq(execution),
    pollCount: 0,
    scheduledTime: kernel.clock.now(),
    startTime: 0,
    endTime: 0,
    updateTime: 0,
    retried: false,
    executed: false,
    taskId,
    retriedTaskId: failed.taskId,
    workerId: undefined,
    subWorkflowId: undefined,
    externalOutputPayloadStoragePath: undefined,
    queueWaitTime: 0,
    ...more,
  };
  failed.retried = true;
  execution.pending.delete(failed);
  register(kernel, execution, attempt, placementOf(execution, failed));
  return attempt;
}

/** The definition's input template lies below the step's own parameters, and fills in for those that come to nothing. */
export function taskInput(execution: Execution, step: WorkflowTask, taskId: string): JsonMap {
  const template = step.taskDefinition?.inputTemplate ?? {};
  const input = resolveMap({ ...template, ...step.inputParameters }, scopeOf(execution, taskId));
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, value ?? template[key] ?? null]));
}

function register(kernel: Kernel, execution: Execution, task: Task, at: Placement): void {
  addTask(execution, task, at);
  kernel.executions.addTask(execution, task);
  kernel.counts.tasksScheduled += 1;
}

/** Of several domains the first one that a worker polls, else the last; NO_DOMAIN stands for none. */
function domainFor(kernel: Kernel, taskToDomain: Record<string, string>, type: string): string | undefined {
  const choices = (taskToDomain[type] ?? taskToDomain['*'])?.split(',').map((domain) => domain.trim());
  if (!choices) return undefined;
  const chosen =
    choices.find((domain) => domain !== 'NO_DOMAIN' && kernel.polls.isServed(type, domain)) ?? choices.at(-1);
  return chosen === 'NO_DOMAIN' || chosen === '' ? undefined : chosen;
}
