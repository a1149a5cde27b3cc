import type { TaskKind } from './task-kind.ts';

/** SIMPLE and every type the server does not know: a worker polls it. */
export const workerTask: TaskKind = {
  start({ kernel }, task) {
    kernel.queues.push(task, task.callbackAfterSeconds * 1000);
  },
};
