import { ManualClock } from '../../src/clock.ts';
import type { Engine } from '../../src/engine/engine-api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { EngineOptions } from '../../src/engine/engine-options.ts';
import { ServerError } from '../../src/engine/server-error.ts';
import type { JsonMap } from '../../src/engine/json-map.ts';
import type { Task, Workflow } from '../../src/engine/types.ts';

export interface Given {
  readonly engine: Engine;
  readonly clock: ManualClock;
}

/** An engine whose clock stands still. */
export function anEngine(options: Partial<EngineOptions> = {}): Given {
  const clock = new ManualClock();
  return { clock, engine: createEngine({ clock, ...options }) };
}

/** A step of a definition: a worker task unless the type says otherwise. */
export function step(taskReferenceName: string, more: JsonMap = {}): JsonMap {
  return { name: taskReferenceName, taskReferenceName, type: 'SIMPLE', ...more };
}

/** Registers a workflow of these steps and starts it; gives its id. */
export function started(
  engine: Engine,
  tasks: readonly JsonMap[],
  more: { def?: JsonMap; request?: JsonMap } = {},
): string {
  engine.metadata.createWorkflowDef({ name: 'w', version: 1, tasks, ...more.def }, { overwrite: true });
  return engine.workflow.start({ name: 'w', input: {}, ...more.request });
}

/** Polls a task that must be there. */
export function polled(engine: Engine, type: string, domain?: string): Task {
  const task = engine.task.poll(type, 'w0', domain);
  if (!task) throw new Error(`no ${type} task to poll`);
  return task;
}

export function report(engine: Engine, task: Task, status: string, more: JsonMap = {}): void {
  engine.task.update({ workflowInstanceId: task.workflowInstanceId, taskId: task.taskId, status, ...more });
}

export function complete(engine: Engine, type: string, outputData: JsonMap = {}): Task {
  const task = polled(engine, type);
  report(engine, task, 'COMPLETED', { outputData });
  return task;
}

export function taskNamed(workflow: Workflow, ref: string): Task {
  const task = workflow.tasks.findLast((each) => each.referenceTaskName === ref);
  if (!task) throw new Error(`no task ${ref} in the workflow`);
  return task;
}

export function statuses(workflow: Workflow): Record<string, string> {
  return Object.fromEntries(workflow.tasks.map((task) => [task.referenceTaskName, task.status]));
}

/** The refusal that a call ends in. */
export function refusalOf(call: () => unknown): { status: number; message: string; errors: readonly string[] } {
  try {
    call();
  } catch (error) {
    if (error instanceof ServerError)
      return {
        status: error.status,
        message: error.message,
        errors: (error.validationErrors ?? []).map((each) => each.message),
      };
    throw error;
  }
  throw new Error('the call was not refused');
}
