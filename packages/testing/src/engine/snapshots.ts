import type { Execution } from './execution.ts';
import type { Task, Workflow } from './types.ts';

/**
 * What leaves the engine is a copy of the record. Payload maps are shared: the engine replaces them and never changes one in place. A payload in external
 * storage shows as its path alone.
 */

export function snapshotOfTask(task: Task): Task {
  const copy = { ...task };
  if (task.externalInputPayloadStoragePath !== undefined) copy.inputData = {};
  if (task.externalOutputPayloadStoragePath !== undefined) copy.outputData = {};
  return copy;
}

export function snapshotOfWorkflow({ workflow }: Execution, includeTasks = true): Workflow {
  const copy = { ...workflow, tasks: includeTasks ? workflow.tasks.map((task) => snapshotOfTask(task)) : [] };
  if (workflow.externalInputPayloadStoragePath !== undefined) copy.input = {};
  if (workflow.externalOutputPayloadStoragePath !== undefined) copy.output = {};
  return copy;
}
