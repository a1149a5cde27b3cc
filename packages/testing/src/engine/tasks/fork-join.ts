import { createTask } from '../task-factory.ts';
import { endTask } from '../task-ending.ts';
import type { TaskKind } from './task-kind.ts';

/** FORK_JOIN: shows as a completed FORK; all branches and the JOIN after it are scheduled at once. */
export const forkJoin: TaskKind = {
  schedule(run, step, at) {
    const { kernel, execution } = run;
    const join = execution.flow.get(step.taskReferenceName);
    if (join?.type !== 'JOIN') {
      const reason = 'Fork task definition is not followed by a join task.  Check the blueprint';
      execution.ending = { status: 'FAILED', reason };
      return;
    }
    endTask(kernel, execution, createTask(kernel, execution, step, at), 'COMPLETED');
    for (const branch of step.forkTasks) run.schedule(branch[0], at);
    run.schedule(join, at);
  },
  start: () => undefined,
  // The JOIN is there already.
  next: () => undefined,
};
