import { expect, test } from 'vitest';
import { client, raw, unique } from '../../src/contract.ts';
import { api, registered, simple, started } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';
import { complete, execution, taskOf, workType } from '../../src/work.ts';

async function aTask(): Promise<{ taskId: string; type: string }> {
  const type = await workType();
  const { taskId } = taskOf(await execution(await started(await registered([simple(type, 'a')]))), 'a');
  return { taskId, type };
}

test('lines are kept in their order, as they are', async () => {
  const { taskId } = await aTask();
  const lines = ['plain', '"quoted"', '{"a":1}', 'ünïcode ☃'];
  for (const body of lines) await client.task.addLog({ taskId, body });
  const logs = await client.task.getLogs({ taskId });
  expect(logs.map(({ log }) => log)).toEqual(lines);
  expect(logs[0]).toEqual({ log: 'plain', taskId, createdTime: expect.any(Number) as number });
  expect(logs[0]?.createdTime).toBeGreaterThan(1_600_000_000_000);
});

test('the text is taken raw whatever its content type, so JSON keeps its quotes', async () => {
  const { taskId } = await aTask();
  expect(await raw('POST', `/api/tasks/${taskId}/log`, '"x"')).toMatchObject({ status: 200, type: null, length: '0' });
  expect(await client.task.getLogs({ taskId })).toMatchObject([{ log: '"x"' }]);
});

test('a task that has ended takes further lines', async () => {
  const { taskId, type } = await aTask();
  await complete(type);
  await client.task.addLog({ taskId, body: 'afterwards' });
  expect(await client.task.getLogs({ taskId })).toHaveLength(1);
});

test('a task without lines, and one that nobody knows, has a log of nothing: 204', async () => {
  const { taskId } = await aTask();
  for (const id of [taskId, unique('nope')]) {
    expect(await api('GET', `/tasks/${id}/log`)).toMatchObject({ status: 204, type: null });
    expect(await client.task.getLogs({ taskId: id })).toEqual([]);
  }
});

test('a line for a task that nobody knows is kept as well', async () => {
  const taskId = unique('nope');
  await client.task.addLog({ taskId, body: 'x' });
  expect(await client.task.getLogs({ taskId })).toMatchObject([{ log: 'x', taskId }]);
});

test('no line at all is a 500', async () => {
  const { taskId } = await aTask();
  expect(await refused(`POST /api/tasks/${taskId}/log`)).toEqual(
    refusal(500, begins('Required request body is missing: public ')),
  );
});

test('an unknown task is a 404', async () => {
  expect(await refused('GET /api/tasks/nope')).toEqual(refusal(404, 'Task not found for taskId: nope'));
});
