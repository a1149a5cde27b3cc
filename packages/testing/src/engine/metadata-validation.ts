import { allSteps } from './flow.ts';
import type { ValidationProblem } from './server-error.ts';
import type { TaskDef, WorkflowDef, WorkflowTask } from './definition-types.ts';

/** Every rule a task definition breaks. `path` names the argument, as the real server does: `registerTaskDef.arg0[0]`. */
export function taskDefProblems(def: TaskDef, path: string): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  const add = (member: string, message: string): void =>
    void problems.push({ path: member ? `${path}.${member}` : path, message });
  if (!def.name) add('name', 'TaskDef name cannot be null or empty');
  if (def.retryCount < 0) add('retryCount', 'TaskDef retryCount: 0 must be >= 0');
  if (def.responseTimeoutSeconds < 1)
    add(
      'responseTimeoutSeconds',
      `TaskDef responseTimeoutSeconds: ${def.responseTimeoutSeconds} should be minimum 1 second`,
    );
  // The message says "less than", but the real check lets equal values pass.
  if (def.timeoutSeconds > 0 && def.responseTimeoutSeconds > def.timeoutSeconds) {
    add(
      '',
      `TaskDef: ${def.name} responseTimeoutSeconds: ${def.responseTimeoutSeconds} must be less than timeoutSeconds: ${def.timeoutSeconds}`,
    );
  }
  if (def.timeoutSeconds > 0 && def.totalTimeoutSeconds > 0 && def.timeoutSeconds > def.totalTimeoutSeconds) {
    add(
      '',
      `TaskDef: ${def.name} timeoutSeconds: ${def.timeoutSeconds} must be less than or equal to totalTimeoutSeconds: ${def.totalTimeoutSeconds}`,
    );
  }
  return problems;
}

/** Every rule a workflow definition breaks, nested steps included. */
export function workflowDefProblems(def: WorkflowDef, path: string): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  if (!def.name) problems.push({ path: `${path}.name`, message: 'WorkflowDef name cannot be null or empty' });
  if (def.tasks.length === 0) problems.push({ path: `${path}.tasks`, message: 'WorkflowTask list cannot be empty' });
  if (def.schemaVersion !== 2)
    problems.push({ path: `${path}.schemaVersion`, message: 'workflowDef schemaVersion: 2 is only supported' });
  const seen = new Set<string>();
  for (const step of allSteps(def.tasks)) {
    problems.push(...stepProblems(step, `${path}.tasks`));
    const ref = step.taskReferenceName;
    if (ref && seen.has(ref)) {
      problems.push({
        path,
        message: `taskReferenceName: ${ref} should be unique across tasks for a given workflowDefinition: ${def.name}`,
      });
    }
    seen.add(ref);
  }
  return problems;
}

function stepProblems(step: WorkflowTask, path: string): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  if (!step.name) problems.push({ path: `${path}[].name`, message: 'WorkflowTask name cannot be empty or null' });
  if (!step.taskReferenceName)
    problems.push({
      path: `${path}[].taskReferenceName`,
      message: 'WorkflowTask taskReferenceName name cannot be empty or null',
    });
  for (const message of missingFor(step)) problems.push({ path: `${path}[]`, message });
  return problems;
}

function missingFor(step: WorkflowTask): string[] {
  const need = (present: unknown, field: string): string[] =>
    present ? [] : [`${field} field is required for taskType: ${step.type} taskName: ${step.name}`];
  const needSome = (count: number, field: string): string[] =>
    count > 0 ? [] : [`${field} should have atleast one task for taskType: ${step.type} taskName: ${step.name}`];
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
      return 'forkTaskName' in step.inputParameters || 'forkTaskWorkflow' in step.inputParameters
        ? []
        : [
            ...need(step.dynamicForkTasksParam, 'dynamicForkTasksParam'),
            ...need(step.dynamicForkTasksInputParamName, 'dynamicForkTasksInputParamName'),
          ];
    case 'DO_WHILE':
      return [...need(step.loopCondition, 'loopCondition'), ...need(step.loopOver.length > 0, 'loopOver')];
    case 'DYNAMIC':
      return need(step.dynamicTaskNameParam, 'dynamicTaskNameParam');
    case 'SUB_WORKFLOW':
      return need(step.subWorkflowParam, 'subWorkflowParam');
    case 'EVENT':
      return need(step.sink, 'sink');
    case 'TERMINATE':
      return need(step.inputParameters['terminationStatus'], 'terminationStatus');
    case 'WAIT':
      return step.inputParameters['duration'] && step.inputParameters['until']
        ? ["Both 'duration' and 'until' specified. Please provide only one input"]
        : [];
    default:
      return [];
  }
}
