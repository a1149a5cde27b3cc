import type { Execution } from './execution.ts';
import { notFound } from './server-error.ts';
import type { Task } from './types.ts';

interface Known {
  readonly execution: Execution;
  readonly task: Task;
}

/** All executions, with the indexes that lookups need. Ended ones are dropped, oldest first, beyond a limit. */
export class ExecutionStore {
  readonly #maxEnded: number;
  readonly #onForget: (execution: Execution) => void;
  readonly #all = new Map<string, Execution>();
  readonly #tasks = new Map<string, Known>();
  /** In the order they ended. */
  readonly #ended = new Map<string, Execution>();
  /** Removed, but still to be found by searches. */
  readonly #archived = new Map<string, Execution>();
  readonly #byCorrelationId = new Map<string, Set<Execution>>();
  readonly #byIdempotencyKey = new Map<string, Execution>();

  constructor(maxEnded: number, onForget: (execution: Execution) => void) {
    this.#maxEnded = maxEnded;
    this.#onForget = onForget;
  }

  add(execution: Execution): void {
    const { workflowId, correlationId, idempotencyKey, workflowName } = execution.workflow;
    this.#all.set(workflowId, execution);
    if (correlationId !== undefined) {
      const same = this.#byCorrelationId.get(correlationId) ?? new Set();
      this.#byCorrelationId.set(correlationId, same.add(execution));
    }
    if (idempotencyKey !== undefined) this.#byIdempotencyKey.set(keyOf(workflowName, idempotencyKey), execution);
  }

  addTask(execution: Execution, task: Task): void {
    this.#tasks.set(task.taskId, { execution, task });
  }

  removeTask(taskId: string): void {
    this.#tasks.delete(taskId);
  }

  find(id: string): Execution | undefined {
    return this.#all.get(id);
  }

  get(id: string): Execution {
    const execution = this.#all.get(id);
    if (!execution) throw notFound(`No such workflow found by id: ${id}`);
    return execution;
  }

  findTask(taskId: string): Known | undefined {
    return this.#tasks.get(taskId);
  }

  all(): Iterable<Execution> {
    return this.#all.values();
  }

  /** What searches look through: also what was removed into the archive. */
  *indexed(): Iterable<Execution> {
    yield* this.#all.values();
    yield* this.#archived.values();
  }

  get runningCount(): number {
    return this.#all.size - this.#ended.size;
  }

  withCorrelationId(correlationId: string): Execution[] {
    return [...(this.#byCorrelationId.get(correlationId) ?? [])];
  }

  withIdempotencyKey(workflowName: string, key: string): Execution | undefined {
    return this.#byIdempotencyKey.get(keyOf(workflowName, key));
  }

  noteEnded(execution: Execution): void {
    this.#ended.set(execution.workflow.workflowId, execution);
    if (this.#ended.size <= this.#maxEnded) return;
    const oldest = this.#ended.values().next().value;
    if (oldest) this.remove(oldest, { archive: false });
  }

  noteReopened(execution: Execution): void {
    this.#ended.delete(execution.workflow.workflowId);
  }

  remove(execution: Execution, { archive }: { readonly archive: boolean }): void {
    const { workflowId, correlationId, idempotencyKey, workflowName, tasks } = execution.workflow;
    this.#all.delete(workflowId);
    this.#ended.delete(workflowId);
    for (const task of tasks) this.#tasks.delete(task.taskId);
    if (correlationId !== undefined) this.#forgetCorrelation(correlationId, execution);
    const key = keyOf(workflowName, idempotencyKey ?? '');
    if (this.#byIdempotencyKey.get(key) === execution) this.#byIdempotencyKey.delete(key);
    this.#onForget(execution);
    if (!archive) return;
    this.#archived.set(workflowId, execution);
    const oldest = this.#archived.keys().next().value;
    if (oldest !== undefined && this.#archived.size > this.#maxEnded) this.#archived.delete(oldest);
  }

  #forgetCorrelation(correlationId: string, execution: Execution): void {
    const same = this.#byCorrelationId.get(correlationId);
    same?.delete(execution);
    if (same?.size === 0) this.#byCorrelationId.delete(correlationId);
  }
}

function keyOf(workflowName: string, idempotencyKey: string): string {
  return JSON.stringify([workflowName, idempotencyKey]);
}
