import { type Execution, placementOf } from '../execution.ts';
import { isSuccessful, isTerminal } from '../status.ts';
import { beginTask, endTask, setTaskTimer } from '../task-ending.ts';
import type { JsonMap } from '../json-map.ts';
import type { Task } from '../types.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** JOIN: in progress from the moment of the fork; completes a little after the last task it waits for. */
export const joinTask: TaskKind = {
  start(run, task) {
    const { suffix } = placementOf(run.execution, task);
    const known = task.inputData['joinOn'];
    const refs: unknown[] = Array.isArray(known) ? known : task.workflowTask.joinOn.map((ref) => ref + suffix);
    startJoin(
      run,
      task,
      refs.map((ref) => String(ref)),
    );
  },
  review(run, task) {
    const { kernel, execution } = run;
    const joined = joinedTasks(execution, task);
    if (execution.timers.has(task.taskId) || !joined.every((each) => each && isTerminal(each.status))) return false;
    // The real server looks at joins now and then; workers of the next step see it a little later than the last branch's update.
    setTaskTimer(kernel, execution, task, kernel.options.joinDelayMs, () => {
      settleJoin(run, task);
      kernel.decide(execution);
    });
    return false;
  },
};

export function startJoin({ kernel }: Run, task: Task, joinOn: readonly string[]): void {
  beginTask(kernel, task);
  // Nobody has looked at it yet.
  task.updateTime = 0;
  task.inputData = { joinOn: [...joinOn] };
}

function settleJoin({ kernel, execution }: Run, task: Task): void {
  const joined = joinedTasks(execution, task).filter((each) => each !== undefined);
  // A branch may have been opened again in the meantime, by a retry for instance.
  if (isTerminal(task.status) || joined.some((each) => !isTerminal(each.status))) return;
  task.pollCount += 1;
  const output: JsonMap = Object.fromEntries(
    joined
      .filter(({ outputData }) => Object.keys(outputData).length > 0)
      .map((each) => [each.referenceTaskName, each.outputData]),
  );
  const failed = joined.filter((each) => !isSuccessful(each.status));
  const flawed = joined.filter((each) => each.status === 'COMPLETED_WITH_ERRORS');
  if (failed.length > 0) {
    const reason = failed.map((each) => each.reasonForIncompletion ?? each.status).join(' ');
    endTask(kernel, execution, task, 'FAILED', { output, reason });
  } else if (flawed.length > 0) {
    const reason = `${flawed.map((each) => `${each.taskDefName}/${each.taskId}`).join(' ')} completed with errors`;
    endTask(kernel, execution, task, 'COMPLETED_WITH_ERRORS', { output, reason });
  } else endTask(kernel, execution, task, 'COMPLETED', { output });
}

function joinedTasks(execution: Execution, task: Task): (Task | undefined)[] {
  const joinOn = task.inputData['joinOn'];
  return Array.isArray(joinOn) ? joinOn.map((ref) => execution.byRef.get(String(ref))) : [];
}
