import { OUTSIDE_LOOPS, scopeOf } from '../execution.ts';
import { resolveMap } from '../expressions.ts';
import { javaText } from '../java-text.ts';
import { createTask } from '../task-factory.ts';
import { workerTask } from './worker-task.ts';
import type { TaskKind } from './task-kind.ts';

/** DYNAMIC: a worker task whose type comes from its input. Retries and timeouts are those of the step's own name, not of the task that is chosen. */
export const dynamicTask: TaskKind = {
  schedule(run, step, at) {
    const { kernel, execution } = run;
    const input = resolveMap(step.inputParameters, scopeOf(execution));
    const name = input[step.dynamicTaskNameParam ?? ''];
    if (typeof name !== 'string' || name === '') {
      const reason = `Cannot map a dynamic task based on the parameter and input. Parameter= ${step.dynamicTaskNameParam}, input= ${javaText(input)}`;
      execution.ending = { status: 'FAILED', reason };
      return;
    }
    const task = createTask(kernel, execution, { ...step, name }, at ?? OUTSIDE_LOOPS, {
      taskType: name,
      taskDefName: name,
      rateLimitFrequencyInSeconds: 0,
    });
    workerTask.start(run, task);
  },
  start: workerTask.start,
};
