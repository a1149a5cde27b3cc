import { expect, test } from 'vitest';
import { client, finish, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { execution, taskOf, workType } from '../../src/work.ts';

test('tasks of a higher priority are handed out first', async () => {
  const type = await workType();
  const name = await registered([simple(type, 'a')]);
  for (const priority of [1, 99, 0, 50]) await started(name, { priority });
  const order: (number | undefined)[] = [];
  for (let count = 0; count < 4; count += 1) order.push((await polled(type)).workflowPriority);
  expect(order).toEqual([99, 50, 1, 0]);
});

test('no more tasks of a type are out at a time than its limit says', async () => {
  const type = await workType({ concurrentExecLimit: 1 });
  const name = await registered([simple(type, 'a')]);
  const ids = [await started(name), await started(name)];
  const first = await polled(type);
  expect(await client.task.poll({ tasktype: type })).toBeUndefined();
  expect(await client.task.pollBatch({ tasktype: type, count: 2 })).toEqual([]);
  await finish(first);
  const second = await polled(type);
  expect([first.workflowInstanceId, second.workflowInstanceId].toSorted()).toEqual(ids.toSorted());
});

test('a task keeps the priority of its workflow', async () => {
  const type = await workType();
  const id = await started(await registered([simple(type, 'a'), simple(type, 'b')]), { priority: 7 });
  await finish(await polled(type));
  expect(taskOf(await execution(id), 'b').workflowPriority).toBe(7);
  expect((await execution(id)).priority).toBe(7);
});
