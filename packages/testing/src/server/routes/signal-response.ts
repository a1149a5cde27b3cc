import { randomUUID } from 'node:crypto';
import { internal } from '../../engine/server-error.ts';
import type { Task, Workflow } from '../../engine/types.ts';
import type { QueryParameters } from '../query-parameters.ts';
import type { RouteContext } from '../route.ts';

const STRATEGIES = ['TARGET_WORKFLOW', 'BLOCKING_WORKFLOW', 'BLOCKING_TASK', 'BLOCKING_TASK_INPUT'] as const;

/** What a caller that waits for a workflow wants to hear of: the workflow, or what holds it. */
export type ReturnStrategy = (typeof STRATEGIES)[number];

/** How long an execution is waited for when the caller does not say. */
export const DEFAULT_WAIT_SECONDS = 10;

export interface SynchronousWait {
  readonly workflowId: string;
  readonly strategy: ReturnStrategy;
  readonly untilTaskRef?: string | undefined;
  readonly timeoutMs: number;
  readonly requestId?: string | undefined;
}

export function returnStrategy(query: QueryParameters): ReturnStrategy {
  const text = query.text('returnStrategy') ?? 'TARGET_WORKFLOW';
  const found = STRATEGIES.find((strategy) => strategy === text);
  if (found !== undefined) return found;
  throw internal(
    `Method parameter 'returnStrategy': Failed to convert value of type 'java.lang.String' to required type 'org.conductoross.conductor.model.WorkflowSignalReturnStrategy'; No enum constant for value [${text}]`,
  );
}

/** Waits until the workflow has ended or a WAIT task holds it, or the named task has ended, or the time is over. */
export async function waitAndRespond(
  wait: SynchronousWait,
  { engine, closing }: RouteContext,
): Promise<Record<string, unknown>> {
  const { workflowId, strategy, untilTaskRef, timeoutMs, requestId = randomUUID() } = wait;
  const options = { untilTaskRef, untilBlocked: true, timeoutMs, signal: closing };
  const target = await engine.workflow.waitFor(workflowId, options);
  const blocked = engine.workflow.findBlocked(workflowId);
  const hasEnded = target.status !== 'RUNNING' && target.status !== 'PAUSED';
  const head = {
    responseType: strategy,
    targetWorkflowId: target.workflowId,
    targetWorkflowStatus: target.status,
    requestId,
    signalTimeout: !hasEnded && !blocked && !isDone(target, untilTaskRef),
  };
  if (strategy === 'TARGET_WORKFLOW') return { ...head, ...workflowPart(target) };
  if (strategy === 'BLOCKING_WORKFLOW') {
    return { ...head, ...workflowPart(blocked ? engine.workflow.get(blocked.workflowInstanceId) : target) };
  }
  if (blocked) return { ...head, ...taskPart(blocked) };
  // Where there is no such task, the server trips over its absence.
  throw internal(head.signalTimeout ? 'value' : 'The mapper returned a null value.');
}

function isDone(workflow: Workflow, ref: string | undefined): boolean {
  return workflow.tasks.some(({ referenceTaskName, endTime }) => referenceTaskName === ref && endTime > 0);
}

function workflowPart(workflow: Workflow): object {
  const { workflowId, correlationId, input, output, priority, variables, tasks } = workflow;
  const { createTime, updateTime, status } = workflow;
  return { workflowId, correlationId, input, output, priority, variables, tasks, createTime, updateTime, status };
}

function taskPart(task: Task): object {
  const { taskType, taskId, referenceTaskName, retryCount, taskDefName, workflowType } = task;
  return {
    workflowId: task.workflowInstanceId,
    correlationId: task.correlationId,
    input: task.inputData,
    output: task.outputData,
    taskType,
    taskId,
    referenceTaskName,
    retryCount,
    taskDefName,
    workflowType,
    priority: task.workflowPriority,
    createTime: task.startTime,
    updateTime: task.updateTime,
    status: task.status,
  };
}
