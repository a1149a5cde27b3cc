import type { Ending } from '../ending.ts';
import { isMap } from '../field-readers.ts';
import { endTask } from '../task-ending.ts';
import type { Task } from '../types.ts';
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
    execution.ending = { ...endingBy(task), output };
  },
  next: () => undefined,
};

function endingBy(task: Task): Ending {
  const { terminationStatus, terminationReason } = task.inputData;
  const status = terminationStatus === 'FAILED' || terminationStatus === 'TERMINATED' ? terminationStatus : 'COMPLETED';
  const reason =
    typeof terminationReason === 'string' && terminationReason.trim() !== '' ? terminationReason : undefined;
  return { status, task, reason: reason ?? `Workflow is ${status} by TERMINATE task: ${task.taskId}` };
}
