import type { WorkflowTask } from './definition-types.ts';

/** For each step, by reference name, the step that comes after it; `undefined` at the end of the workflow, of a fork's branch or of a loop's body. */
export type Flow = ReadonlyMap<string, WorkflowTask | undefined>;

/** Works out once per definition what follows what, so that the decider only has to look it up. */
export function flowOf(steps: readonly WorkflowTask[]): Map<string, WorkflowTask | undefined> {
  const flow = new Map<string, WorkflowTask | undefined>();
  walk(steps, undefined, flow);
  return flow;
}

function walk(
  steps: readonly WorkflowTask[],
  after: WorkflowTask | undefined,
  flow: Map<string, WorkflowTask | undefined>,
): void {
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1] ?? after;
    flow.set(step.taskReferenceName, next);
    // A switch's branches join the main line again; a fork's end at the JOIN, and a loop's body is followed by the loop's own test.
    for (const branch of [...Object.values(step.decisionCases), step.defaultCase]) walk(branch, next, flow);
    for (const branch of step.forkTasks) walk(branch, undefined, flow);
    walk(step.loopOver, undefined, flow);
  }
}

/** All steps of a definition, nested ones too, in the order they are written. */
export function allSteps(steps: readonly WorkflowTask[]): WorkflowTask[] {
  return steps.flatMap((step) => [
    step,
    ...Object.values(step.decisionCases).flatMap((branch) => allSteps(branch)),
    ...allSteps(step.defaultCase),
    ...step.forkTasks.flatMap((branch) => allSteps(branch)),
    ...allSteps(step.loopOver),
  ]);
}
