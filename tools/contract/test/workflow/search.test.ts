import { beforeAll, expect, test } from 'vitest';
import { client, eventually, finish, polled, unique } from '../../src/contract.ts';
import { started, twoTasks, type TwoTasks } from '../../src/given.ts';
import { begins, invalid, refusal, refused } from '../../src/refusals.ts';

let mine: TwoTasks;
/** `a` has failed, `b` was terminated, `c` runs; started in this order. */
const ids = { a: '', b: '', c: '' };
const corr = { a: unique('corr'), b: unique('corr') };

beforeAll(async () => {
  mine = await twoTasks();
  ids.a = await started(mine.name, { correlationId: corr.a, input: { x: 1, word: 'needle', list: [1, null, true] } });
  await finish(await polled(mine.type), { status: 'FAILED', reasonForIncompletion: 'boom', outputData: { y: 1 } });
  ids.b = await started(mine.name, { correlationId: corr.b, priority: 4 });
  await client.workflow.terminate({ workflowId: ids.b });
  ids.c = await started(mine.name);
  await eventually(
    async () => (await find("status='TERMINATED'"))[0] === 1 && (await find("status='RUNNING'"))[0] === 1,
  );
});

test('a summary has ISO times, and payloads as Java prints maps', async () => {
  const { results } = await client.workflow.search({ query: `workflowId='${ids.a}'` });
  const [summary] = results;
  expect(summary).toEqual({
    workflowType: mine.name,
    version: 1,
    workflowId: ids.a,
    correlationId: corr.a,
    startTime: iso(),
    updateTime: iso(),
    endTime: iso(),
    status: 'FAILED',
    input: '{x=1, word=needle, list=[1, null, true]}',
    output: '{y=1}',
    reasonForIncompletion: expect.stringContaining("reason: 'boom'") as string,
    executionTime: Date.parse(String(summary?.endTime)) - Date.parse(String(summary?.startTime)),
    failedReferenceTaskNames: 'a',
    failedTaskNames: [mine.type],
    inputSize: 40,
    outputSize: 5,
    priority: 0,
    classifier: 'workflow',
    parentWorkflowId: '',
    taskToDomain: {},
  });
});

test('what runs has no end yet, and so far took no time', async () => {
  const { results } = await client.workflow.search({ query: `workflowId='${ids.c}'` });
  expect(results).toMatchObject([{ status: 'RUNNING', executionTime: 0, input: '{}', inputSize: 2 }]);
  expect(results[0]).not.toHaveProperty('endTime');
});

test('search-v2 gives the executions themselves, without their tasks', async () => {
  const { totalHits, results } = await client.workflow.searchV2({ query: `workflowId='${ids.a}'` });
  expect(totalHits).toBe(1);
  expect(results).toMatchObject([{ workflowId: ids.a, status: 'FAILED', input: { word: 'needle' }, tasks: [] }]);
});

test.each<[query: string, found: string]>([
  ["status='RUNNING'", 'c'],
  ['status="RUNNING"', 'c'],
  ['status=RUNNING', 'c'],
  ['status = RUNNING', 'c'],
  ['(status=RUNNING)', 'c'],
  ['status IN (RUNNING,FAILED)', 'a c'],
  ["status IN ('RUNNING','TERMINATED')", 'b c'],
  ['status=running', ''],
  ['status=', ''],
  ['correlationId=corr*', 'a b'],
  ['startTime>0', 'a b c'],
  ['startTime<5', ''],
  ['endTime=0', 'c'],
  ['endTime>0 AND status=FAILED', 'a'],
  ["parentWorkflowId=''", 'a b c'],
  ['classifier=workflow', 'a b c'],
  // The rest may surprise. A space in a list belongs to the value behind it, so that finds nothing.
  ['status IN (RUNNING, FAILED)', 'c'],
  // Words in small letters join nothing: all of this is one value.
  ['status=RUNNING and status=FAILED', ''],
  // Two spaces are one too many, and then this is about a field RUNN, which is not there.
  ['status  =  RUNNING', 'a b c'],
  // Fields that the index does not have count for nothing.
  ['version=7', 'a b c'],
  ['priority=7', 'a b c'],
  ['nobodyKnows=7', 'a b c'],
])('the query %j finds %j', async (query, found) => {
  const [hits, names] = await find(query);
  expect(names).toEqual(found.split(' ').filter(Boolean));
  expect(hits).toBe(names.length);
});

test.each<[query: string, status: number, message: unknown]>([
  ['status', 400, 'Incorrectly formatted query string: status'],
  [' ', 400, 'Incorrectly formatted query string:  '],
  ["startTime>'2030-01-01'", 500, 'For input string: "2030-01-01"'],
  ['startTime>=5', 500, 'For input string: "=5"'],
  ['taskType=x', 500, begins('Cannot prepare statement for query: [SQLITE_ERROR]')],
])('the query %j is refused', async (query, status, message) => {
  expect(await refused(`GET /api/workflow/search?query=${encodeURIComponent(query)}`)).toEqual(
    refusal(status, message),
  );
});

test.each<[free: string, found: string]>([
  ['needle', 'a'],
  ['NEEDLE', 'a'],
  ['word=nee', 'a'],
  ['RUNNING', 'c'],
  ['*', 'a b c'],
  ['no such word', ''],
])('free text %j finds %j', async (freeText, found) => {
  expect((await find(undefined, { freeText }))[1]).toEqual(found.split(' ').filter(Boolean));
});

test('results are sorted, and paged with all hits counted', async () => {
  const sorted = async (more: object): Promise<unknown> => (await find(undefined, more, false)).flat().join(' ');
  expect(await sorted({ sort: 'startTime:ASC' })).toBe('3 a b c');
  expect(await sorted({ sort: 'startTime:DESC' })).toBe('3 c b a');
  expect(await sorted({ sort: 'status:DESC' })).toBe('3 b c a');
  expect(await sorted({ sort: 'status:asc|startTime:ASC' })).toBe('3 a c b');
  expect(await sorted({ sort: 'startTime:ASC', start: 1, size: 1 })).toBe('3 b');
  expect(await sorted({ sort: 'startTime:ASC', start: 9 })).toBe('3');
  expect(await sorted({ size: 0 })).toBe('3');
  expect(await sorted({ sort: 'startTime:ASC', start: -1, size: -1 }), 'no limits').toBe('3 a b c');
});

test('of another class there is none, and of the top level are all', async () => {
  expect((await find(undefined, { classifier: 'agent' }))[0]).toBe(0);
  expect((await find(undefined, { topLevelOnly: true }))[0]).toBe(3);
});

test('a page of more than 5000 is refused', async () => {
  const message = 'Cannot return more than 5000 workflows. Please use pagination.';
  expect(await refused('GET /api/workflow/search?size=5001')).toEqual(
    invalid(['searchWorkflows.arg1', message, '5001']),
  );
  expect(await refused('GET /api/workflow/search-v2?size=5001')).toEqual(
    invalid(['searchWorkflowsV2.arg1', message, '5001']),
  );
});

/** Hits and names of what is found among the three. */
async function find(query: string | undefined, more: object = {}, inOrderOfNames = true): Promise<[number, string[]]> {
  const own = `workflowType='${mine.name}'`;
  const found = await client.workflow.search({ query: query === undefined ? own : `${own} AND ${query}`, ...more });
  const names = found.results.map(
    ({ workflowId }) => Object.entries(ids).find(([, id]) => id === workflowId)?.[0] ?? '?',
  );
  return [found.totalHits, inOrderOfNames ? names.toSorted() : names];
}

function iso(): string {
  return expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
}
