import { expect, test } from 'vitest';
import { client, unique } from '../../src/contract.ts';
import { definition, ended, simple, started, twoTasks } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

const EVER = 99_999_999_999_999;

test('running are all versions, whatever version is asked for', async () => {
  const { name, type } = await twoTasks();
  await client.metadata.registerWorkflowDef({ body: definition(name, [simple(type, 'a')], { version: 2 }) });
  const running = [await started(name), await started(name, { version: 2 })];
  await ended(name);
  for (const version of [undefined, 1, 2, 9]) {
    expect((await client.workflow.getRunning({ name, version })).toSorted()).toEqual(running.toSorted());
  }
});

test('within a span of start times it is all of one version, also those that have ended', async () => {
  const { name } = await twoTasks();
  const [runs, over] = [await started(name), await ended(name)];
  const within = (startTime: number, endTime: number, version = 1): Promise<string[]> =>
    client.workflow.getRunning({ name, version, startTime, endTime });
  expect((await within(1, EVER)).toSorted()).toEqual([runs, over].toSorted());
  expect(await within(1, EVER, 2)).toEqual([]);
  expect(await within(1, 2)).toEqual([]);
  // A span needs both ends.
  expect(await within(0, EVER)).toEqual([runs]);
});

test('of an unknown name none is running', async () => {
  expect(await client.workflow.getRunning({ name: unique('nope') })).toEqual([]);
});

test('by correlation id: the running ones without their tasks, or as asked for', async () => {
  const { name } = await twoTasks();
  const correlationId = unique('c');
  const [runs, over] = [await started(name, { correlationId }), await started(name, { correlationId })];
  await client.workflow.terminate({ workflowId: over });
  const found = async (more: object): Promise<unknown> =>
    (await client.workflow.getByCorrelationId({ name, correlationId, ...more }))
      .map(({ workflowId, tasks }) => `${workflowId} ${tasks.length}`)
      .toSorted();
  expect(await found({})).toEqual([`${runs} 0`]);
  expect(await found({ includeTasks: true })).toEqual([`${runs} 1`]);
  expect(await found({ includeClosed: true })).toEqual([`${runs} 0`, `${over} 0`].toSorted());
});

test('by several correlation ids: a list for each', async () => {
  const { name } = await twoTasks();
  const [one, none] = [unique('c'), unique('c')];
  const workflowId = await started(name, { correlationId: one });
  expect(await client.workflow.getByCorrelationIds({ name, body: [none, one] })).toEqual({
    [none]: [],
    [one]: [expect.objectContaining({ workflowId, correlationId: one }) as object],
  });
  expect(await client.workflow.getByCorrelationIds({ name, body: [] })).toEqual({});
});

test('a correlation id counts within one workflow name', async () => {
  const [mine, other] = [await twoTasks(), await twoTasks()];
  const correlationId = unique('c');
  await started(other.name, { correlationId });
  expect(await client.workflow.getByCorrelationId({ name: mine.name, correlationId })).toEqual([]);
});

test('what is no list of ids is a 500', async () => {
  expect(await refused('POST /api/workflow/w/correlated', {})).toEqual(
    refusal(500, begins('JSON parse error: Cannot deserialize value of type')),
  );
  expect(await refused('POST /api/workflow/w/correlated')).toEqual(
    refusal(500, begins('Required request body is missing: public')),
  );
});
