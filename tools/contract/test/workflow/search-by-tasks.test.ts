import { beforeAll, expect, test } from 'vitest';
import { client, eventually, finish, polled } from '../../src/contract.ts';
import { started, twoTasks, type TwoTasks } from '../../src/given.ts';
import { begins, refusal, refused } from '../../src/refusals.ts';

let mine: TwoTasks;
let [complete, begun, queued] = ['', '', ''];

beforeAll(async () => {
  mine = await twoTasks();
  complete = await started(mine.name);
  await finish(await polled(mine.type), { outputData: { word: 'needle' } });
  await finish(await polled(mine.type));
  begun = await started(mine.name);
  await polled(mine.type);
  queued = await started(mine.name);
  await eventually(
    async () => (await find('status=IN_PROGRESS')).length === 1 && (await find('status=COMPLETED')).length === 1,
  );
});

test('a workflow is found by its tasks, each once', async () => {
  expect(await find('status=COMPLETED')).toEqual([complete]);
  expect((await find(`workflowType=${mine.name}`)).toSorted()).toEqual([complete, begun].toSorted());
});

test('a task that nobody has touched is not in the index', async () => {
  expect(await find('status=SCHEDULED')).toEqual([]);
  expect(await find(`workflowType=${mine.name}`)).not.toContain(queued);
});

test('free text looks into the tasks', async () => {
  expect(await find(undefined, { freeText: 'needle' })).toEqual([complete]);
});

test('the second form gives the executions themselves, without their tasks', async () => {
  const { results } = await client.workflow.searchByTasksV2({
    query: `taskType=${mine.type} AND status=COMPLETED`,
  });
  expect(results).toMatchObject([{ workflowId: complete, status: 'COMPLETED', tasks: [] }]);
});

test('pages are pages of tasks, and hits that are of one workflow count once', async () => {
  const query = `taskType=${mine.type}`;
  const all = await client.workflow.searchByTasks({ query });
  expect([all.totalHits, all.results?.length]).toEqual([2, 2]);
  const first = await client.workflow.searchByTasks({ query, size: 1 });
  expect([first.totalHits, first.results?.length]).toEqual([3, 1]);
});

test('the index of tasks knows no fields of workflows', async () => {
  expect(await refused('GET /api/workflow/search-by-tasks?query=correlationId%3Dc')).toEqual(
    refusal(500, begins('Cannot prepare statement for query: [SQLITE_ERROR]')),
  );
});

async function find(condition?: string, more: object = {}): Promise<string[]> {
  const own = `taskType=${mine.type}`;
  const query = condition === undefined ? own : `${own} AND ${condition}`;
  const { results } = await client.workflow.searchByTasks({ query, ...more });
  return results.map(({ workflowId }) => workflowId);
}
