import { OUTSIDE_LOOPS, scopeOf } from '../execution.ts';
import { resolveMap } from '../expressions.ts';
import { completeTaskDef } from '../metadata-defaults.ts';
import { createTask } from '../task-factory.ts';
import { endTask } from '../task-ending.ts';
import { workerTask } from './worker-task.ts';
import type { TaskKind } from './task-kind.ts';

/** DYNAMIC: a worker task whose type comes from its input. */
export const dynamicTask: TaskKind = {
  schedule(run, step, at) {
    const { kernel, execution } = run;
    const input = resolveMap(step.inputParameters, scopeOf(execution));
    const name = input[step.dynamicTaskNameParam ?? ''];
    if (typeof name !== 'string' || name === '') {
      const task = createTask(kernel, execution, step, at ?? OUTSIDE_LOOPS);
      const reason = `Cannot map a dynamic task based on the parameter and input. Parameter= ${step.dynamicTaskNameParam}`;
      endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', { reason });
      return;
    }
    const taskDefinition = kernel.metadata.findTaskDef(name) ?? completeTaskDef({ name });
    const task = createTask(kernel, execution, { ...step, name, taskDefinition }, at, { taskType: name });
    workerTask.start(run, task);
  },
  start: workerTask.start,
};
