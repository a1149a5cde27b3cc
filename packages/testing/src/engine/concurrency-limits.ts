import type { Task } from './types.ts';

/** Counts the tasks in progress of each definition that has a `concurrentExecLimit`. */
export class ConcurrencyLimits {
  readonly #inProgress = new Map<string, Set<string>>();

  mayRun(task: Task): boolean {
    const limit = limitOf(task);
    return limit === 0 || (this.#inProgress.get(task.taskDefName)?.size ?? 0) < limit;
  }

  take(task: Task): void {
    if (limitOf(task) === 0) return;
    const running = this.#inProgress.get(task.taskDefName) ?? new Set();
    this.#inProgress.set(task.taskDefName, running.add(task.taskId));
  }

  /** True when that made room for another task. */
  release(task: Task): boolean {
    const running = this.#inProgress.get(task.taskDefName);
    if (!running?.delete(task.taskId)) return false;
    if (running.size === 0) this.#inProgress.delete(task.taskDefName);
    return true;
  }
}

function limitOf(task: Task): number {
  return task.taskDefinition?.concurrentExecLimit ?? 0;
}
