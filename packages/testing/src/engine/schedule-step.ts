import type { Execution, Placement } from './execution.ts';
import type { Kernel } from './kernel.ts';
import { createTask } from './task-factory.ts';
import type { Run } from './tasks/task-kind.ts';
import { kindOf } from './tasks/task-kinds.ts';
import type { WorkflowTask } from './definition-types.ts';

export function runOf(kernel: Kernel, execution: Execution): Run {
  const run: Run = { kernel, execution, schedule: (step, at) => scheduleStep(run, step, at) };
  return run;
}

/** Adds the tasks of a step, unless they are there already: a step may be reached by two roads. Steps that were told to be skipped are passed over. */
function scheduleStep(run: Run, step: WorkflowTask | undefined, at: Placement): void {
  const { kernel, execution } = run;
  for (let next = step; next; next = execution.flow.get(next.taskReferenceName)) {
    const existing = execution.byRef.get(next.taskReferenceName + at.suffix);
    if (existing && existing.status !== 'SKIPPED') return;
    if (existing) continue;
    const kind = kindOf(next.type);
    if (kind.schedule) kind.schedule(run, next, at);
    else kind.start(run, createTask(kernel, execution, next, at));
    return;
  }
}
