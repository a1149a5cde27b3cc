import type { BatchPollOptions } from './engine-api.ts';
import type { Kernel } from './kernel.ts';
import { badRequest } from './server-error.ts';
import { sweepBy } from './sweeper.ts';
import { isTerminal } from './status.ts';
import { snapshotOfTask } from './snapshots.ts';
import type { Task } from './types.ts';

const DEFAULT_TIMEOUT_MS = 100;
const LONGEST_TIMEOUT_MS = 5_000;

/** One task if there is one now. */
export function poll(kernel: Kernel, type: string, workerId?: string, domain?: string): Task | undefined {
  kernel.polls.note(type, domain, workerId);
  const task = take(kernel, type, domain);
  return task && handOut(kernel, task, workerId);
}

/**
 * Waits for `count` tasks, and not longer than the timeout. With fewer it waits the whole time, as the real server does, and holds those it has: nobody else
 * gets them, and they start only when the wait is over.
 */
export function pollBatch(
  kernel: Kernel,
  waits: Set<() => void>,
  type: string,
  options: BatchPollOptions,
): Promise<Task[]> {
  const { workerId, domain, count = 1, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  if (timeoutMs > LONGEST_TIMEOUT_MS) throw badRequest('Long Poll Timeout value cannot be more than 5 seconds');
  kernel.polls.note(type, domain, workerId);
  const held = new Set<Task>();
  const fill = (): boolean => {
    while (held.size < count) {
      const task = take(kernel, type, domain);
      if (!task) break;
      if (!held.has(task)) kernel.queues.countHeld(type, domain, 1);
      held.add(task);
    }
    return held.size >= count;
  };
  const release = (): Task[] => {
    kernel.queues.countHeld(type, domain, -held.size);
    // While it was held a task may have been cancelled, or handed back and be on its queue again.
    return [...held]
      .filter((task) => !isTerminal(task.status) && !kernel.queues.isQueued(task))
      .map((task) => handOut(kernel, task, workerId));
  };
  if (fill() || timeoutMs <= 0 || signal?.aborted) return Promise.resolve(release());

  return new Promise((resolve) => {
    const finish = (): void => {
      stopWaiting();
      timer.cancel();
      waits.delete(finish);
      signal?.removeEventListener('abort', finish);
      resolve(release());
    };
    const stopWaiting = kernel.queues.wait(type, domain, () => {
      if (fill()) finish();
    });
    const timer = kernel.clock.setTimer(finish, timeoutMs);
    waits.add(finish);
    signal?.addEventListener('abort', finish);
  });
}

/** Takes the next task off its queue, within its concurrency limit. */
function take(kernel: Kernel, type: string, domain: string | undefined): Task | undefined {
  const task = kernel.queues.pop(type, domain, (candidate) => kernel.limits.mayRun(candidate));
  if (task) kernel.limits.take(task);
  return task;
}

function handOut(kernel: Kernel, task: Task, workerId: string | undefined): Task {
  const now = kernel.clock.now();
  task.status = 'IN_PROGRESS';
  task.pollCount += 1;
  task.workerId = workerId ?? task.workerId;
  // Set once: a task that is handed out again keeps the start of its first time.
  task.startTime ||= now;
  task.updateTime = now;
  task.queueWaitTime = task.startTime - task.scheduledTime;
  task.callbackAfterSeconds = 0;
  kernel.counts.tasksPolled += 1;
  const execution = kernel.executions.find(task.workflowInstanceId);
  if (execution) sweepBy(kernel, execution, task);
  return snapshotOfTask(task);
}
