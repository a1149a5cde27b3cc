import type { WorkflowDef, WorkflowTask } from './definition-types.ts';
import { allSteps } from './flow.ts';
import { referenceProblems } from './reference-problems.ts';
import type { ValidationProblem } from './server-error.ts';
import { type FindTaskDef, stepProblems } from './step-problems.ts';

/** Every rule a workflow definition breaks, nested steps included. `path` names the argument, as the real server does. */
export function workflowDefProblems(def: WorkflowDef, path: string, findTaskDef: FindTaskDef): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  if (!def.name) problems.push({ path: `${path}.name`, message: 'WorkflowDef name cannot be null or empty' });
  if (def.tasks.length === 0) problems.push({ path: `${path}.tasks`, message: 'WorkflowTask list cannot be empty' });
  if (def.schemaVersion !== 2) {
    const message = 'workflowDef schemaVersion: 2 is only supported';
    problems.push({ path: `${path}.schemaVersion`, message, invalidValue: String(def.schemaVersion) });
  }
  return [
    ...problems,
    ...stepsProblems(def.tasks, `${path}.tasks`, findTaskDef),
    ...duplicates(def).map((message) => ({ path, message })),
    ...referenceProblems(def).map((message) => ({ path, message })),
  ];
}

/** Steps within a loop are not looked at: there the real server checks no more than that reference names are unique. */
function stepsProblems(steps: readonly WorkflowTask[], path: string, findTaskDef: FindTaskDef): ValidationProblem[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}]`;
    return [
      ...stepProblems(step, at, findTaskDef),
      ...Object.entries(step.decisionCases).flatMap(([name, branch]) =>
        stepsProblems(branch, `${at}.decisionCases[${name}].<map value>`, findTaskDef),
      ),
      ...stepsProblems(step.defaultCase, `${at}.defaultCase`, findTaskDef),
      ...step.forkTasks.flatMap((branch, fork) =>
        stepsProblems(branch, `${at}.forkTasks[${fork}].<list element>`, findTaskDef),
      ),
    ];
  });
}

function duplicates(def: WorkflowDef): string[] {
  const messages: string[] = [];
  const seen = new Set<string>();
  for (const { taskReferenceName } of allSteps(def.tasks)) {
    if (taskReferenceName && seen.has(taskReferenceName)) {
      messages.push(
        `taskReferenceName: ${taskReferenceName} should be unique across tasks for a given workflowDefinition: ${def.name}`,
      );
    }
    seen.add(taskReferenceName);
  }
  return messages;
}
