import type { Ending } from './ending.ts';
import { isTerminal } from './status.ts';
import { isWorkerTask } from './task-types.ts';
import type { Task, Workflow } from './types.ts';

/** A deadline of a task, and what becomes of the task when it passes. */
interface TaskDeadline {
  readonly dueMs: number;
  readonly reason: (nowMs: number) => string;
  /** True when the task's policy is to take the whole workflow along. */
  readonly endsWorkflow: boolean;
}

/** The deadlines that an open task has by now, as the real server counts them. */
function deadlinesOf(task: Task, firstScheduledMs: number): TaskDeadline[] {
  const def = task.taskDefinition;
  if (!def || isTerminal(task.status)) return [];
  const found: TaskDeadline[] = [];
  const policy = `Timeout policy configured to ${def.timeoutPolicy}`;
  const byPolicy = { endsWorkflow: def.timeoutPolicy === 'TIME_OUT_WF' };
  // ALERT_ONLY raises a metric on the real server and nothing else.
  const enforced = def.timeoutPolicy !== 'ALERT_ONLY';

  if (enforced && def.timeoutSeconds > 0 && task.startTime > 0) {
    found.push({
      ...byPolicy,
      dueMs: task.startTime + (def.timeoutSeconds + task.startDelayInSeconds) * 1000,
      reason: (now) =>
        `Task timed out after ${seconds(now - task.startTime)} seconds. Timeout configured as ${def.timeoutSeconds} seconds. ${policy}`,
    });
  }
  const pollTimeout = def.pollTimeoutSeconds ?? 0;
  if (enforced && pollTimeout > 0 && task.status === 'SCHEDULED') {
    found.push({
      ...byPolicy,
      dueMs: task.scheduledTime + (pollTimeout + task.callbackAfterSeconds) * 1000,
      reason: (now) =>
        `Task poll timed out after ${seconds(now - task.scheduledTime)} seconds. Poll timeout configured as ${pollTimeout} seconds. ${policy}`,
    });
  }
  if (task.status === 'IN_PROGRESS' && task.responseTimeoutSeconds > 0 && isWorkerTask(task.taskType)) {
    // A silent worker is retried whatever the policy says: that one is for timeoutSeconds.
    found.push({
      endsWorkflow: false,
      dueMs: task.updateTime + (task.responseTimeoutSeconds + task.callbackAfterSeconds) * 1000,
      reason: () =>
        `responseTimeout: ${task.responseTimeoutSeconds} exceeded for the taskId: ${task.taskId} with Task Definition: ${task.taskDefName}`,
    });
  }
  if (enforced && def.totalTimeoutSeconds > 0) {
    found.push({
      ...byPolicy,
      dueMs: firstScheduledMs + def.totalTimeoutSeconds * 1000,
      reason: (now) =>
        `Task ${task.taskDefName}/${task.taskId} exceeded total timeout of ${def.totalTimeoutSeconds} seconds (elapsed ${seconds(now - firstScheduledMs)} seconds across all attempts including retry delays). Timeout policy: ${def.timeoutPolicy}`,
    });
  }
  return found;
}

/** When the next deadline of a task passes. */
export function nextTaskDeadline(task: Task, firstScheduledMs: number): number | undefined {
  const due = deadlinesOf(task, firstScheduledMs).map(({ dueMs }) => dueMs);
  return due.length > 0 ? Math.min(...due) : undefined;
}

/** The first deadline that has passed. */
export function passedDeadline(
  task: Task,
  firstScheduledMs: number,
  nowMs: number,
): { reason: string; endsWorkflow: boolean } | undefined {
  const passed = deadlinesOf(task, firstScheduledMs).find(({ dueMs }) => nowMs >= dueMs);
  return passed && { reason: passed.reason(nowMs), endsWorkflow: passed.endsWorkflow };
}

export function workflowDeadline(workflow: Workflow): number | undefined {
  const { timeoutSeconds, timeoutPolicy } = workflow.workflowDefinition;
  if (timeoutSeconds <= 0 || timeoutPolicy !== 'TIME_OUT_WF') return undefined;
  return clockStart(workflow) + timeoutSeconds * 1000;
}

export function workflowTimeout(workflow: Workflow, nowMs: number): Ending | undefined {
  const dueMs = workflowDeadline(workflow);
  if (dueMs === undefined || nowMs < dueMs) return undefined;
  const { timeoutSeconds, timeoutPolicy } = workflow.workflowDefinition;
  const elapsed = seconds(nowMs - clockStart(workflow));
  return {
    status: 'TIMED_OUT',
    reason: `Workflow timed out after ${elapsed} seconds. Timeout configured as ${timeoutSeconds} seconds. Timeout policy configured to ${timeoutPolicy}`,
  };
}

/** A retried workflow gets its whole time again. */
function clockStart(workflow: Workflow): number {
  return workflow.lastRetriedTime || workflow.startTime;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
