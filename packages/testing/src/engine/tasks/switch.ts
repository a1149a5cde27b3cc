import { javaText } from '../java-text.ts';
import { runScript, ScriptError } from '../script.ts';
import { beginTask, endTask } from '../task-ending.ts';
import type { WorkflowTask } from '../definition-types.ts';
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
  beginTask(kernel, task);
  try {
    const value = evaluateCase(task, kernel.options.scriptTimeoutMs);
    const hasChildren = branchOf(task, value).length > 0;
    task.inputData = { ...task.inputData, case: value, ...(hasChildren ? { hasChildren: 'true' } : {}) };
    endTask(kernel, execution, task, 'COMPLETED', { output: output(value) });
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    endTask(kernel, execution, task, 'FAILED', { reason: error.message });
  }
}

function evaluateCase(task: Task, scriptTimeoutMs: number): string {
  const { evaluatorType, expression, caseExpression, caseValueParam } = task.workflowTask;
  if (evaluatorType === 'value-param') return javaText(task.inputData[expression ?? ''] ?? null);
  const script = expression ?? caseExpression;
  if (script !== undefined) return javaText(runScript(script, task.inputData, scriptTimeoutMs));
  return javaText(task.inputData[caseValueParam ?? ''] ?? null);
}

function nextInBranch({ execution }: Run, task: Task): WorkflowTask | undefined {
  const [first] = branchOf(task, String(task.inputData['case']));
  return first ?? execution.flow.get(task.workflowTask.taskReferenceName);
}

function branchOf({ workflowTask: { decisionCases, defaultCase } }: Task, value: string): readonly WorkflowTask[] {
  return Object.hasOwn(decisionCases, value) ? (decisionCases[value] ?? []) : defaultCase;
}
