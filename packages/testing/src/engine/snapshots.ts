import type { Execution } from './execution.ts';
import type { Task, Workflow } from './types.ts';

/** What leaves the engine is a copy of the record. Payload maps are shared: the engine replaces them and never changes one in place. */

export function snapshotOfTask(task: Task): Task {
  return { ...task };
}

export function snapshotOfWorkflow({ workflow }: Execution, includeTasks = true): Workflow {
  return { ...workflow, tasks: includeTasks ? workflow.tasks.map((task) => snapshotOfTask(task)) : [] };
}
