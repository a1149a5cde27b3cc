import { javaText } from '../java-text.ts';
import { runScript, ScriptError } from '../script.ts';
import { endTask } from '../task-ending.ts';
import type { JsonMap } from '../json-map.ts';
import type { Task } from '../types.ts';
import type { Run, TaskKind } from './task-kind.ts';

/** SWITCH: chooses a branch by an input value or a script. */
export const switchTask: TaskKind = {
  start(run, task) {
    decideCase(run, task, (value) => ({ evaluationResult: [value], selectedCase: value }));
  },
  next: nextInBranch,
};

/** DECISION, the older form of SWITCH. */
export const decisionTask: TaskKind = {
  start(run, task) {
    decideCase(run, task, (value) => ({ caseOutput: [value] }));
  },
  next: nextInBranch,
};

function decideCase({ kernel, execution }: Run, task: Task, output: (value: string) => JsonMap): void {
  try {
    const value = evaluateCase(task, kernel.options.scriptTimeoutMs);
    task.inputData = { ...task.inputData, case: value };
    endTask(kernel, execution, task, 'COMPLETED', { output: output(value) });
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const reason = `Error while evaluating the script of ${task.taskType} task ${task.referenceTaskName}: ${error.message}`;
    endTask(kernel, execution, task, 'FAILED_WITH_TERMINAL_ERROR', { reason });
  }
}

function evaluateCase(task: Task, scriptTimeoutMs: number): string {
  const { evaluatorType, expression, caseExpression, caseValueParam } = task.workflowTask;
  if (evaluatorType === 'value-param') return javaText(task.inputData[expression ?? ''] ?? null);
  const script = expression ?? caseExpression;
  if (script !== undefined) return javaText(runScript(script, task.inputData, scriptTimeoutMs));
  return javaText(task.inputData[caseValueParam ?? ''] ?? null);
}

function nextInBranch({ execution }: Run, task: Task): Task['workflowTask'] | undefined {
  const { decisionCases, defaultCase, taskReferenceName } = task.workflowTask;
  const value = String(task.inputData['case']);
  const branch = Object.hasOwn(decisionCases, value) ? (decisionCases[value] ?? []) : defaultCase;
  return branch[0] ?? execution.flow.get(taskReferenceName);
}
