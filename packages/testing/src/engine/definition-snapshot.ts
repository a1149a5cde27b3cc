import { type Flow, flowOf } from './flow.ts';
import { isWorkerTask } from './task-types.ts';
import { completeTaskDef } from './metadata-defaults.ts';
import type { MetadataStore } from './metadata-store.ts';
import type { SubWorkflowParams, TaskDef, WorkflowDef, WorkflowTask } from './definition-types.ts';
import { isMap, readNumber } from './field-readers.ts';
import { internal } from './server-error.ts';

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
    return {
      ...step,
      decisionCases: Object.fromEntries(
        Object.entries(step.decisionCases).map(([name, branch]) => [name, withTaskDefs(branch, metadata)]),
      ),
      defaultCase: withTaskDefs(step.defaultCase, metadata),
      forkTasks: step.forkTasks.map((branch) => withTaskDefs(branch, metadata)),
      loopOver: withTaskDefs(step.loopOver, metadata),
      ...(step.subWorkflowParam ? { subWorkflowParam: withVersion(step.subWorkflowParam, metadata) } : {}),
      taskDefinition: taskDefFor(step, metadata),
    };
  });
}

/** A child's version is settled when its parent starts; one that is not there by then keeps the parent from starting. */
function withVersion(child: SubWorkflowParams, metadata: MetadataStore): SubWorkflowParams {
  const { name, workflowDefinition } = child;
  if (child.version !== undefined || typeof workflowDefinition === 'string') return child;
  if (isMap(workflowDefinition)) return { ...child, version: readNumber(workflowDefinition['version']) ?? 1 };
  const latest = name === undefined ? undefined : metadata.findWorkflowDef(name);
  if (!latest)
    throw internal(`The Task ${name ?? null} defined as a sub-workflow has no workflow definition available `);
  return { ...child, version: latest.version };
}

/** Without a registered definition it is the server's default one; that of a system task knows neither retries nor timeouts. */
function taskDefFor(step: WorkflowTask, metadata: MetadataStore): TaskDef {
  const { name, type } = step;
  const known = step.taskDefinition ?? metadata.findTaskDef(name);
  const limits = isWorkerTask(type) && type !== 'DYNAMIC' ? {} : { retryCount: 0, responseTimeoutSeconds: 0 };
  return known ?? completeTaskDef({ name, ...limits });
}
