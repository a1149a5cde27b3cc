import { isMap } from '../field-readers.ts';
import { endTask } from '../task-ending.ts';
import type { TaskKind } from './task-kind.ts';

const STATUSES: ReadonlySet<unknown> = new Set(['COMPLETED', 'FAILED', 'TERMINATED']);

/** TERMINATE: ends the workflow with the status, reason and output of its input. */
export const terminateTask: TaskKind = {
  start({ kernel, execution }, task) {
    const { terminationStatus, workflowOutput } = task.inputData;
    if (!STATUSES.has(terminationStatus)) {
      endTask(kernel, execution, task, 'FAILED', { reason: 'given termination status is not valid' });
      return;
    }
    const output = isMap(workflowOutput)
      ? workflowOutput
      : workflowOutput === undefined || workflowOutput === null
        ? {}
        : { output: workflowOutput };
    endTask(kernel, execution, task, 'COMPLETED', { output });
    execution.terminateTask = task;
  },
  next: () => undefined,
};
