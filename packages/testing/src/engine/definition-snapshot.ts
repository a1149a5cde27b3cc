import { type Flow, flowOf } from './flow.ts';
import { isWorkerTask } from './task-types.ts';
import { completeTaskDef } from './metadata-defaults.ts';
import type { MetadataStore } from './metadata-store.ts';
import type { TaskDef, WorkflowDef, WorkflowTask } from './definition-types.ts';

/** A definition as an execution keeps it: task definitions filled in as they were at the start, and the order of the steps worked out. */
export interface DefinitionSnapshot {
  readonly definition: WorkflowDef;
  readonly flow: Flow;
}

interface Cached extends DefinitionSnapshot {
  readonly revision: number;
}

const cache = new WeakMap<WorkflowDef, Cached>();

/** Executions started from the same definition share one snapshot, which makes a start cheap. */
export function snapshotOf(def: WorkflowDef, metadata: MetadataStore): DefinitionSnapshot {
  const cached = cache.get(def);
  if (cached?.revision === metadata.revision) return cached;
  const definition = { ...def, tasks: withTaskDefs(def.tasks, metadata) };
  const snapshot: Cached = { definition, flow: flowOf(definition.tasks), revision: metadata.revision };
  cache.set(def, snapshot);
  return snapshot;
}

export function withTaskDefs(steps: readonly WorkflowTask[], metadata: MetadataStore): WorkflowTask[] {
  return steps.map((step) => {
    const taskDefinition = taskDefFor(step, metadata);
    return {
      ...step,
      decisionCases: Object.fromEntries(
        Object.entries(step.decisionCases).map(([name, branch]) => [name, withTaskDefs(branch, metadata)]),
      ),
      defaultCase: withTaskDefs(step.defaultCase, metadata),
      forkTasks: step.forkTasks.map((branch) => withTaskDefs(branch, metadata)),
      loopOver: withTaskDefs(step.loopOver, metadata),
      ...(taskDefinition ? { taskDefinition } : {}),
    };
  });
}

/** A worker task without a registered definition gets the server's default one; a system task then has none, and so no retries. */
function taskDefFor(step: WorkflowTask, metadata: MetadataStore): TaskDef | undefined {
  const known = step.taskDefinition ?? metadata.findTaskDef(step.name);
  return known ?? (isWorkerTask(step.type) ? completeTaskDef({ name: step.name }) : undefined);
}
