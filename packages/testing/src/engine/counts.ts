import type { EngineStats } from './engine-api.ts';
import type { WorkflowStatus } from './types.ts';

/** Correlation ids remembered; beyond it the one first seen is forgotten. */
const CORRELATION_IDS_KEPT = 100_000;

/** What the server has done so far, by its own count. */
export class Counts {
  #workflowsStarted = 0;
  #workflowsCompleted = 0;
  #workflowsFailed = 0;
  #tasksCompleted = 0;
  tasksScheduled = 0;
  tasksPolled = 0;
  updatesIgnored = 0;
  readonly #starts = new Map<string, number>();

  started(correlationId: string | undefined): void {
    this.#workflowsStarted += 1;
    if (correlationId === undefined) return;
    this.#starts.set(correlationId, (this.#starts.get(correlationId) ?? 0) + 1);
    if (this.#starts.size > CORRELATION_IDS_KEPT) this.#starts.delete(this.#starts.keys().next().value ?? '');
  }

  ended(status: WorkflowStatus): void {
    if (status === 'COMPLETED') this.#workflowsCompleted += 1;
    else this.#workflowsFailed += 1;
  }

  taskCompleted(): void {
    this.#tasksCompleted += 1;
  }

  read(): EngineStats {
    return {
      workflowsStarted: this.#workflowsStarted,
      workflowsCompleted: this.#workflowsCompleted,
      workflowsFailed: this.#workflowsFailed,
      tasksScheduled: this.tasksScheduled,
      tasksPolled: this.tasksPolled,
      tasksCompleted: this.#tasksCompleted,
      updatesIgnored: this.updatesIgnored,
      startsByCorrelationId: new Map(this.#starts),
    };
  }
}
