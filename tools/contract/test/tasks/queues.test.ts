import { expect, test } from 'vitest';
import { client, polled } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';
import { workType } from '../../src/work.ts';

async function queued(count: number, more: Record<string, unknown> = {}): Promise<{ type: string; name: string }> {
  const type = await workType();
  const name = await registered([simple(type, 'a')]);
  for (let index = 0; index < count; index += 1) await started(name, more);
  return { type, name };
}

test('sizes count the tasks that wait, and not those handed out', async () => {
  const { type } = await queued(3);
  await polled(type);
  expect(await client.task.getQueueSize({ taskType: type })).toBe(2);
  expect(await client.task.getQueueSizes({ taskType: [type, 'nope'] })).toEqual({ [type]: 2, nope: 0 });
  expect(await client.task.getAllQueueSizes()).toMatchObject({
    [type]: 2,
    _deciderQueue: expect.any(Number) as number,
  });
  expect((await client.task.getQueueDetails())[type]).toEqual({ a: { size: 2, uacked: 0 } });
});

test('a queue of a domain has the domain in its name', async () => {
  const type = await workType();
  await started(await registered([simple(type, 'a')]), { taskToDomain: { [type]: 'd1' } });
  expect(await client.task.getQueueSize({ taskType: type, domain: 'd1' })).toBe(1);
  expect(await client.task.getQueueSize({ taskType: type })).toBe(0);
  expect(await client.task.getAllQueueSizes()).toHaveProperty([`d1:${type}`], 1);
});

test('sizes want to know of what', async () => {
  expect(await refused('GET /api/tasks/queue/sizes')).toEqual(
    refusal(500, 'Cannot invoke "java.util.List.iterator()" because "taskDefNames" is null'),
  );
  expect(await refused('GET /api/tasks/queue/size')).toEqual(
    refusal(500, begins("Required request parameter 'taskType' for method parameter type String is not present")),
  );
});

test('the last poll of each domain is remembered, also when it brought nothing', async () => {
  const type = await workType();
  expect(await client.task.getPollData({ taskType: type })).toEqual([]);
  await client.task.poll({ tasktype: type });
  await client.task.poll({ tasktype: type, domain: 'd1', workerid: 'w1' });
  const data = await client.task.getPollData({ taskType: type });
  const lastPollTime = expect.any(Number) as number;
  const expected = [
    { queueName: type, lastPollTime },
    { queueName: type, domain: 'd1', workerId: 'w1', lastPollTime },
  ];
  expect(data.toSorted((a, b) => (a.domain ?? '').localeCompare(b.domain ?? ''))).toEqual(expected);
  expect(await client.task.getAllPollData()).toEqual(expect.arrayContaining(expected));
});

test('requeueing puts all open tasks of a type on the queue again, those handed out too', async () => {
  const { type } = await queued(2);
  const { taskId } = await polled(type);
  expect(await client.task.requeue({ taskType: type })).toBe('2');
  expect(await client.task.getQueueSize({ taskType: type })).toBe(2);
  const again = [await polled(type), await polled(type)];
  expect(again.find((task) => task.taskId === taskId)).toMatchObject({ pollCount: 2 });
  expect(await client.task.requeue({ taskType: 'nope' })).toBe('0');
});
