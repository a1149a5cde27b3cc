import type { Clock, Timer } from '../clock.ts';
import { PriorityQueue } from './priority-queue.ts';
import type { Task } from './types.ts';

/** Whoever waits in a long poll; it is asked again each time a task may have become free. */
export type Waiter = () => void;

interface Entry {
  readonly task: Task;
  readonly order: number;
  /** 'gone' entries stay in the heap until they come up or are cleaned out. */
  state: 'delayed' | 'ready' | 'gone';
  timer?: Timer | undefined;
}

interface Queue {
  readonly type: string;
  readonly ready: PriorityQueue<Entry>;
  readonly waiters: Set<Waiter>;
  size: number;
  held: number;
}

/** The name under which a queue shows: the task type, with the domain in front when there is one. */
export function queueName(type: string, domain: string | undefined): string {
  return domain ? `${domain}:${type}` : type;
}

/** All task queues: higher priority first, then first come first served. Push, pop and remove cost O(log n) at most. */
export class TaskQueues {
  readonly #clock: Clock;
  readonly #queues = new Map<string, Queue>();
  readonly #entries = new Map<string, Entry>();
  #order = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  push(task: Task, delayMs: number): void {
    this.remove(task);
    const queue = this.#queueOf(task.taskType, task.domain);
    const entry: Entry = { task, order: this.#order++, state: 'delayed' };
    this.#entries.set(task.taskId, entry);
    queue.size += 1;
    if (delayMs > 0) entry.timer = this.#clock.setTimer(() => this.#makeReady(queue, entry), delayMs);
    else this.#makeReady(queue, entry);
  }

  /** Takes the task out; harmless when it is not queued. */
  remove(task: Task): void {
    const entry = this.#entries.get(task.taskId);
    if (!entry) return;
    const queue = this.#queueOf(task.taskType, task.domain);
    this.#drop(queue, entry);
    // Without this, tasks cancelled on a queue that nobody polls would pile up.
    if (queue.ready.size > 64 && queue.ready.size > queue.size * 2)
      queue.ready.retain((kept) => kept.state === 'ready');
  }

  /** Takes the next task that may be handed out. A task that may not stays where it is, and so do those behind it: they share its limit. */
  pop(type: string, domain: string | undefined, mayHandOut: (task: Task) => boolean): Task | undefined {
    const queue = this.#queues.get(queueName(type, domain));
    if (!queue) return undefined;
    for (let entry = queue.ready.peek(); entry; entry = queue.ready.peek()) {
      if (entry.state === 'gone') {
        queue.ready.pop();
        continue;
      }
      if (!mayHandOut(entry.task)) return undefined;
      queue.ready.pop();
      this.#drop(queue, entry);
      return entry.task;
    }
    return undefined;
  }

  wait(type: string, domain: string | undefined, waiter: Waiter): () => void {
    const { waiters } = this.#queueOf(type, domain);
    waiters.add(waiter);
    return () => waiters.delete(waiter);
  }

  /** Asks the waiters of a type again, in all domains: a concurrency slot has become free. */
  wake(type: string): void {
    for (const queue of this.#queues.values()) {
      if (queue.type === type) wakeAll(queue);
    }
  }

  /** A batch poll holds what it has popped until it returns; those count as not yet acknowledged. */
  countHeld(type: string, domain: string | undefined, change: number): void {
    this.#queueOf(type, domain).held += change;
  }

  isQueued(task: Task): boolean {
    return this.#entries.has(task.taskId);
  }

  sizes(): Map<string, { size: number; uacked: number }> {
    return new Map([...this.#queues].map(([name, { size, held }]) => [name, { size, uacked: held }]));
  }

  size(name: string): number {
    return this.#queues.get(name)?.size ?? 0;
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.timer?.cancel();
    this.#entries.clear();
    this.#queues.clear();
  }

  #queueOf(type: string, domain: string | undefined): Queue {
    const name = queueName(type, domain);
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = { type, ready: new PriorityQueue<Entry>(leavesFirst), waiters: new Set(), size: 0, held: 0 };
      this.#queues.set(name, queue);
    }
    return queue;
  }

  #makeReady(queue: Queue, entry: Entry): void {
    entry.state = 'ready';
    entry.timer = undefined;
    queue.ready.push(entry);
    wakeAll(queue);
  }

  #drop(queue: Queue, entry: Entry): void {
    entry.timer?.cancel();
    entry.state = 'gone';
    queue.size -= 1;
    this.#entries.delete(entry.task.taskId);
  }
}

function leavesFirst(a: Entry, b: Entry): boolean {
  if (a.task.workflowPriority !== b.task.workflowPriority) return a.task.workflowPriority > b.task.workflowPriority;
  return a.order < b.order;
}

function wakeAll(queue: Queue): void {
  for (const waiter of queue.waiters) {
    if (queue.ready.size === 0) return;
    waiter();
  }
}
