import type { Clock } from '../clock.ts';
import type { TaskLog } from './types.ts';

/** Log lines of tasks; of each only the newest ones are kept. */
export class TaskLogs {
  readonly #clock: Clock;
  readonly #linesPerTask: number;
  readonly #logs = new Map<string, TaskLog[]>();

  constructor(clock: Clock, linesPerTask: number) {
    this.#clock = clock;
    this.#linesPerTask = linesPerTask;
  }

  add(taskId: string, log: string, createdTime: number = this.#clock.now()): void {
    const lines = this.#logs.get(taskId) ?? [];
    this.#logs.set(taskId, lines);
    lines.push({ log, taskId, createdTime });
    if (lines.length > this.#linesPerTask) lines.shift();
  }

  /** In the order of their times, which reports may set. */
  of(taskId: string): TaskLog[] {
    return [...(this.#logs.get(taskId) ?? [])].sort((a, b) => a.createdTime - b.createdTime);
  }

  forget(taskId: string): void {
    this.#logs.delete(taskId);
  }
}
