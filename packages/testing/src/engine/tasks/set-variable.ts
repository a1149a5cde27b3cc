import { endTask } from '../task-ending.ts';
import type { TaskKind } from './task-kind.ts';

/** SET_VARIABLE: its input becomes variables of the workflow. */
export const setVariable: TaskKind = {
  start({ kernel, execution }, task) {
    execution.workflow.variables = { ...execution.workflow.variables, ...task.inputData };
    endTask(kernel, execution, task, 'COMPLETED');
  },
};
