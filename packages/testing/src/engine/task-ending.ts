import type { Execution } from './execution.ts';
import type { Kernel } from './kernel.ts';
import type { JsonMap } from './json-map.ts';
import { isWorkerTask } from './task-types.ts';
import type { Task, TaskStatus } from './types.ts';

/** Ends a task and takes it off everything that still knows it: its queue, its timer, its concurrency slot. The decider goes on from there. */
export function endTask(
  kernel: Kernel,
  execution: Execution,
  task: Task,
  status: TaskStatus,
  more: { output?: JsonMap; reason?: string } = {},
): void {
  const now = kernel.clock.now();
  task.status = status;
  task.updateTime = now;
  task.endTime = now;
  // A task the server runs itself starts when it is scheduled; one of a worker, when it is polled, or never.
  if (task.startTime === 0 && status === 'COMPLETED' && !isWorkerTask(task.workflowTask.type)) task.startTime = now;
  if (more.output !== undefined) task.outputData = more.output;
  if (more.reason !== undefined) task.reasonForIncompletion = more.reason;
  if (status === 'COMPLETED') kernel.counts.taskCompleted();
  leaveQueue(kernel, task);
  clearTaskTimer(execution, task);
}

/** Takes a task out of its queue, and gives its concurrency slot to the next one. */
export function leaveQueue(kernel: Kernel, task: Task): void {
  kernel.queues.remove(task);
  if (kernel.limits.release(task)) kernel.queues.wake(task.taskType);
}

/** The one timer that a WAIT, JOIN or SUB_WORKFLOW task may have. */
export function setTaskTimer(kernel: Kernel, execution: Execution, task: Task, delayMs: number, run: () => void): void {
  clearTaskTimer(execution, task);
  const timer = kernel.clock.setTimer(() => {
    execution.timers.delete(task.taskId);
    run();
  }, delayMs);
  execution.timers.set(task.taskId, timer);
}

export function clearTaskTimer(execution: Execution, task: Task): void {
  execution.timers.get(task.taskId)?.cancel();
  execution.timers.delete(task.taskId);
}

/** Marks a task that the server itself runs as begun. */
export function beginTask(kernel: Kernel, task: Task): void {
  const now = kernel.clock.now();
  task.status = 'IN_PROGRESS';
  task.startTime ||= now;
  task.updateTime = now;
}
