import type { TaskApi } from './engine-api.ts';
import { readOptionalMap } from './field-readers.ts';
import type { Kernel } from './kernel.ts';
import { poll, pollBatch } from './poll.ts';
import { searchTasks, searchTasksV2 } from './search.ts';
import { internal, notFound } from './server-error.ts';
import { isTerminal } from './status.ts';
import { signalWorkflow } from './signal.ts';
import { snapshotOfTask } from './snapshots.ts';
import { readStatus, readTaskResult, updateByRef, updateTask } from './task-update.ts';
import { isWorkerTask } from './task-types.ts';
import type { Task, TaskStatus } from './types.ts';

/** How long update-v2 waits for the next task of the type. */
const NEXT_TASK_TIMEOUT_MS = 100;

export function createTaskApi(kernel: Kernel, waits: Set<() => void>): TaskApi {
  return {
    poll: (type, workerId, domain) => poll(kernel, type, workerId, domain),
    pollBatch: async (type, options = {}) => pollBatch(kernel, waits, type, options),
    get: (id) => snapshotOfTask(findTask(kernel, id)),
    open: (type) => openTasks(kernel, type).map((task) => snapshotOfTask(task)),
    update: (result) => updateTask(kernel, readTaskResult(result)).taskId,
    updateByRef: (workflowId, ref, status, output, workerId) =>
      updateByRef(kernel, workflowId, ref, {
        status: requiredStatus(status),
        outputData: readOptionalMap(output, 'java.util.Map') ?? {},
        workerId,
      })?.taskId,
    updateAndPoll: async (result) => updateAndPoll(kernel, waits, result),
    signal: (workflowId, status, output) =>
      signalWorkflow(kernel, workflowId, requiredStatus(status), readOptionalMap(output, 'java.util.Map') ?? {}),
    addLog: (taskId, text) => kernel.logs.add(taskId, text),
    getLogs: (taskId) => kernel.logs.of(taskId),
    search: (request) => searchTasks(kernel, request),
    searchV2: (request) => searchTasksV2(kernel, request),
    queueSizes: (types) => queueSizes(kernel, types),
    queueDetails: () => Object.fromEntries([...kernel.queues.sizes()].map(([name, size]) => [name, { a: size }])),
    pollData: (type) => kernel.polls.of(type),
    pollDataAll: () => kernel.polls.all(),
    requeue: (type) => requeue(kernel, type),
  };
}

function findTask(kernel: Kernel, id: string): Task {
  const known = kernel.executions.findTask(id);
  if (!known) throw notFound(`Task not found for taskId: ${id}`);
  return known.task;
}

async function updateAndPoll(kernel: Kernel, waits: Set<() => void>, result: unknown): Promise<Task | undefined> {
  const { taskType, domain, workerId } = updateTask(kernel, readTaskResult(result));
  const [next] = await pollBatch(kernel, waits, taskType, {
    workerId,
    domain,
    count: 1,
    timeoutMs: NEXT_TASK_TIMEOUT_MS,
  });
  return next;
}

function requiredStatus(status: string): TaskStatus {
  const known = readStatus(status);
  if (!known)
    throw internal(`No enum constant com.netflix.conductor.common.metadata.tasks.TaskResult.Status.${status}`);
  return known;
}

function queueSizes(kernel: Kernel, types: readonly string[] | undefined): Record<string, number> {
  if (types) return Object.fromEntries(types.map((type) => [type, kernel.queues.size(type)]));
  const sizes = [...kernel.queues.sizes()].map(([name, { size }]): [string, number] => [name, size]);
  return { _deciderQueue: kernel.executions.runningCount, ...Object.fromEntries(sizes) };
}

/** Puts all open tasks of a type on their queue again, for the case that their message was lost; tasks that a worker has already are handed out twice then. */
function requeue(kernel: Kernel, type: string): number {
  const tasks = openTasks(kernel, type);
  for (const task of tasks) {
    const sinceUpdateMs = kernel.clock.now() - task.updateTime;
    if (isWorkerTask(task.workflowTask.type)) {
      kernel.queues.push(task, Math.max(0, task.callbackAfterSeconds * 1000 - sinceUpdateMs));
    }
  }
  return tasks.length;
}

function openTasks(kernel: Kernel, type: string): Task[] {
  return [...kernel.executions.all()].flatMap(({ pending }) =>
    [...pending].filter((task) => task.taskType === type && !isTerminal(task.status)),
  );
}
