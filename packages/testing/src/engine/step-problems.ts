import type { TaskDef, WorkflowTask } from './definition-types.ts';
import { parseDurationMs, parseInstantMs } from './durations.ts';
import { javaText } from './java-text.ts';
import type { ValidationProblem } from './server-error.ts';

/** Finds a registered task definition by its name. */
export type FindTaskDef = (name: string) => TaskDef | undefined;

/** Every rule that one step of a workflow breaks, apart from those about the steps within it. */
export function stepProblems(step: WorkflowTask, path: string, findTaskDef: FindTaskDef): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  if (!step.name) problems.push({ path: `${path}.name`, message: 'WorkflowTask name cannot be empty or null' });
  if (!step.taskReferenceName) {
    const message = 'WorkflowTask taskReferenceName name cannot be empty or null';
    problems.push({ path: `${path}.taskReferenceName`, message });
  }
  return [...problems, ...typeProblems(step, findTaskDef).map((message) => ({ path, message }))];
}

function typeProblems(step: WorkflowTask, findTaskDef: FindTaskDef): string[] {
  const suffix = `for taskType: ${step.type} taskName: ${step.name}`;
  const need = (present: unknown, field: string): string[] => (present ? [] : [`${field} field is required ${suffix}`]);
  const needSome = (count: number, field: string): string[] =>
    count > 0 ? [] : [`${field} should have atleast one task ${suffix}`];
  const needInput = (names: readonly string[]): string[] =>
    hasInput(step, names, findTaskDef) ? [] : need(false, names.map((name) => `inputParameters.${name}`).join(' or '));

  switch (step.type) {
    case 'SWITCH':
      return [
        ...(step.evaluatorType ? need(step.expression, 'expression') : need(undefined, 'evaluatorType')),
        ...needSome(Object.keys(step.decisionCases).length, 'decisionCases'),
      ];
    case 'DECISION':
      return [
        ...need(step.caseValueParam ?? step.caseExpression, 'caseValueParam or caseExpression'),
        ...needSome(Object.keys(step.decisionCases).length, 'decisionCases'),
      ];
    case 'FORK_JOIN':
      return needSome(step.forkTasks.length, 'forkTasks');
    case 'FORK_JOIN_DYNAMIC':
      return dynamicForkProblems(step, need, suffix);
    case 'DO_WHILE':
      return [...need(step.loopCondition, 'loopCondition'), ...need(step.loopOver.length > 0, 'loopOver')];
    case 'DYNAMIC':
      return need(step.dynamicTaskNameParam, 'dynamicTaskNameParam');
    case 'SUB_WORKFLOW':
      return need(step.subWorkflowParam, 'subWorkflowParam');
    case 'EVENT':
      return need(step.sink, 'sink');
    case 'HTTP':
      return needInput(['http_request', 'uri']);
    case 'KAFKA_PUBLISH':
      return needInput(['kafka_request']);
    case 'JSON_JQ_TRANSFORM':
      return needInput(['queryExpression']);
    case 'TERMINATE':
      return terminateProblems(step);
    case 'WAIT':
      return waitProblems(step);
    default:
      return [];
  }
}

/** The step's own parameters count, and the input template of its task definition. */
function hasInput(step: WorkflowTask, names: readonly string[], findTaskDef: FindTaskDef): boolean {
  const template = (step.taskDefinition ?? findTaskDef(step.name))?.inputTemplate ?? {};
  return names.some((name) => name in step.inputParameters || name in template);
}

function dynamicForkProblems(
  step: WorkflowTask,
  need: (present: unknown, field: string) => string[],
  suffix: string,
): string[] {
  const { dynamicForkTasksParam, dynamicForkTasksInputParamName } = step;
  if (!step.dynamicForkJoinTasksParam) {
    return [
      ...need(dynamicForkTasksParam, 'dynamicForkTasksParam'),
      ...need(dynamicForkTasksInputParamName, 'dynamicForkTasksInputParamName'),
    ];
  }
  if (!dynamicForkTasksParam && !dynamicForkTasksInputParamName) return [];
  return [
    `dynamicForkJoinTasksParam or combination of dynamicForkTasksInputParamName and dynamicForkTasksParam cam be used ${suffix}`,
  ];
}

const TERMINATIONS: readonly unknown[] = ['COMPLETED', 'FAILED', 'TERMINATED'];

function terminateProblems({ name, optional, inputParameters }: WorkflowTask): string[] {
  const problems: string[] = [];
  if (optional) problems.push(`terminate task cannot be optional, taskName: ${name}`);
  if (!TERMINATIONS.includes(inputParameters['terminationStatus'])) {
    problems.push(
      `terminate task must have an terminationStatus parameter and must be set to COMPLETED or FAILED, taskName: ${name}`,
    );
  }
  return problems;
}

function waitProblems({ inputParameters }: WorkflowTask): string[] {
  const duration = javaText(inputParameters['duration'] ?? '');
  const until = javaText(inputParameters['until'] ?? '');
  const problems: string[] = [];
  if (duration && until) problems.push("Both 'duration' and 'until' specified. Please provide only one input");
  if (duration && !isExpression(duration)) {
    if (parseDurationMs(duration, 0) === undefined) problems.push('Either date or duration is passed as null ');
  } else if (until && !isExpression(until) && parseInstantMs(until) === undefined) {
    problems.push('Unable to parse date ');
  }
  return problems;
}

function isExpression(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}');
}
