import type { Execution, Placement } from '../execution.ts';
import type { Kernel } from '../kernel.ts';
import type { WorkflowTask } from '../definition-types.ts';
import type { Task } from '../types.ts';

/** How tasks of a type behave. All members but `start` have a default. */
export interface TaskKind {
  /** Adds the tasks of a step. Default: one task, which is then started. */
  readonly schedule?: (run: Run, step: WorkflowTask, at: Placement) => void;
  /** Sets a task going that was just added, or added again by a retry; it may end at once. */
  readonly start: (run: Run, task: Task) => void;
  /** Looks again at an open task once nothing else in the workflow moves; true when it changed something. */
  readonly review?: (run: Run, task: Task) => boolean;
  /** The step after an ended task. Default: the next one in the definition. */
  readonly next?: (run: Run, task: Task) => WorkflowTask | undefined;
  /** The workflow ends while the task is open. */
  readonly stop?: (run: Run, task: Task, reason: string | undefined) => void;
}

/** What a kind works with: the engine, the workflow, and a way to schedule further steps. */
export interface Run {
  readonly kernel: Kernel;
  readonly execution: Execution;
  readonly schedule: (step: WorkflowTask | undefined, at: Placement) => void;
}
