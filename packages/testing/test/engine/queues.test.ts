import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { PriorityQueue } from '../../src/engine/priority-queue.ts';
import { TaskQueues } from '../../src/engine/queues.ts';
import type { Task } from '../../src/engine/types.ts';

test('a priority queue gives its items in order, whatever the order they came in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const queue = new PriorityQueue<number>((a, b) => a < b);
      for (const number of numbers) queue.push(number);
      expect(numbers.map(() => queue.pop())).toEqual(numbers.toSorted((a, b) => a - b));
      expect(queue.pop()).toBeUndefined();
    }),
  );
});

test('tasks of one priority leave in the order they came', () => {
  const queues = new TaskQueues(new ManualClock());
  for (const id of ['1', '2', '3']) queues.push(aTask(id), 0);
  expect(['1', '2', '3'].map(() => queues.pop('t', undefined, () => true)?.taskId)).toEqual(['1', '2', '3']);
});

test('a task that is pushed again is queued once', () => {
  const queues = new TaskQueues(new ManualClock());
  const task = aTask('1');
  queues.push(task, 0);
  queues.push(task, 0);
  expect(queues.size('t')).toBe(1);
});

test('a delayed task counts for the size, and is handed out when its delay is over', async () => {
  const clock = new ManualClock();
  const queues = new TaskQueues(clock);
  queues.push(aTask('1'), 1_000);
  expect([queues.size('t'), queues.pop('t', undefined, () => true)]).toEqual([1, undefined]);
  await clock.advance(1_000);
  expect(queues.pop('t', undefined, () => true)?.taskId).toBe('1');
});

test('removed tasks do not pile up on a queue that nobody polls', () => {
  const queues = new TaskQueues(new ManualClock());
  const tasks = Array.from({ length: 1_000 }, (_none, index) => aTask(String(index)));
  for (const task of tasks) queues.push(task, 0);
  for (const task of tasks) queues.remove(task);
  expect([queues.size('t'), queues.pop('t', undefined, () => true)]).toEqual([0, undefined]);
});

function aTask(taskId: string): Task {
  return { taskId, taskType: 't', workflowPriority: 0 } as Task;
}
