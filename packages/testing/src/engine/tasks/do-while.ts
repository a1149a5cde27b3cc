import { type Execution, type Placement, placementOf, scopeOf } from '../execution.ts';
import { resolveMap } from '../expressions.ts';
import { runScript, ScriptError } from '../script.ts';
import { beginTask, endTask } from '../task-ending.ts';
import type { JsonMap } from '../json-map.ts';
import type { Task } from '../types.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** DO_WHILE: runs its body, then asks its condition. The tasks of a turn are named `ref__1`, `ref__2` and so on. */
export const doWhile: TaskKind = {
  start(run, task) {
    beginTask(run.kernel, task);
    task.rateLimitFrequencyInSeconds ||= 1;
    startTurn(run, task, 1);
  },
  review(run, task) {
    if (isTurnRunning(run.execution, task)) return false;
    const turn = task.iteration;
    task.outputData = { ...task.outputData, iteration: turn, [turn]: outputsOfTurn(run.execution, task, turn) };
    finishTurn(run, task);
    return true;
  },
};

function startTurn(run: Run, task: Task, iteration: number): void {
  const { suffix } = placementOf(run.execution, task);
  task.iteration = iteration;
  task.loopOverTask = true;
  task.outputData = { ...task.outputData, iteration };
  run.schedule(task.workflowTask.loopOver[0], { loop: task, iteration, suffix: `${suffix}__${iteration}` });
}

function finishTurn(run: Run, task: Task): void {
  const { kernel, execution } = run;
  try {
    if (asksForMore(run, task)) startTurn(run, task, task.iteration + 1);
    else endTask(kernel, execution, task, 'COMPLETED');
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const reason = `Unable to evaluate condition ${task.workflowTask.loopCondition ?? ''}, exception ${error.message}`;
    endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', { reason });
  }
}

/** The condition sees the task's parameters, the outputs of the body's tasks, and the loop's own output by its name. */
function asksForMore({ kernel, execution }: Run, task: Task): boolean {
  const { workflowTask, outputData, taskId } = task;
  const parameters = resolveMap(workflowTask.inputParameters, scopeOf(execution, taskId));
  const scope = {
    ...parameters,
    ...outputsOfTurn(execution, task, task.iteration),
    [workflowTask.taskReferenceName]: outputData,
  };
  return isTruthy(runScript(workflowTask.loopCondition ?? 'false', scope, kernel.options.scriptTimeoutMs));
}

function isTurnRunning(execution: Execution, loop: Task): boolean {
  for (const task of execution.pending) {
    if (task !== loop && isInside(execution, task, loop)) return true;
  }
  return false;
}

function isInside(execution: Execution, task: Task, loop: Task): boolean {
  for (let at: Placement | undefined = placementOf(execution, task); at?.loop; at = placementOf(execution, at.loop)) {
    if (at.loop === loop) return true;
  }
  return false;
}

/** Read from the newest task back, so that a long loop does not get slower with each turn; of a task and its retries the last one stands. */
function outputsOfTurn(execution: Execution, loop: Task, turn: number): JsonMap {
  const outputs: JsonMap = {};
  const { tasks } = execution.workflow;
  for (let index = tasks.length - 1; index >= 0; index -= 1) {
    const task = tasks[index] as Task;
    const at = placementOf(execution, task);
    if (task === loop || (at.loop === loop && at.iteration < turn)) break;
    if (at.loop === loop) outputs[task.workflowTask.taskReferenceName] ??= task.outputData;
  }
  return outputs;
}

/** Texts and numbers as the real server's script evaluator reads them. */
function isTruthy(value: unknown): boolean {
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  return value === true || (typeof value === 'number' && value > 0);
}
