import { expect, test } from 'vitest';
import { anEngine, complete, type Given, refusalOf, started, step } from './given.ts';

test('a summary has ISO times and payloads as Java prints maps', () => {
  const { engine } = withThree();
  const { totalHits, results } = engine.workflow.search({ query: 'correlationId = c1' });
  expect(totalHits).toBe(1);
  expect(results[0]).toMatchObject({
    workflowType: 'w',
    input: '{n=1, list=[a, b]}',
    output: '{y=1}',
    status: 'COMPLETED',
    startTime: '2023-11-14T22:13:20.000Z',
    failedReferenceTaskNames: '',
    parentWorkflowId: '',
  });
});

test.each<[string, number]>([
  ['workflowType IN (w,other) AND status = RUNNING', 2],
  ['status IN (COMPLETED)', 1],
  ["correlationId='c2'", 1],
  ['correlationId = c*', 3],
  ['startTime > 1', 3],
  ['startTime < 1', 0],
  ['startTime>1 AND workflowType = nope', 0],
  // The index knows no versions, and a condition on an unknown field counts for nothing.
  ['version = 7', 3],
  ['nobodyKnowsThis = 5', 3],
  // A second space is too much for it: this is a condition on the field RUNN.
  ['status  =  RUNNING', 3],
  // The space belongs to the value.
  ['status IN (COMPLETED, RUNNING)', 1],
  ['', 3],
])('the query %j finds %i', (query, hits) => {
  expect(withThree().engine.workflow.search({ query }).totalHits).toBe(hits);
});

test.each<[string, number, string]>([
  ['status', 400, 'Incorrectly formatted query string: status'],
  ['status != COMPLETED', 400, 'Incorrectly formatted query string: status != COMPLETED'],
  ['startTime >= 5', 500, 'For input string: "= 5"'],
  ['taskType = a', 500, 'Cannot prepare statement for query: [SQLITE_ERROR]'],
])('the query %j is refused', (query, status, message) => {
  const refusal = refusalOf(() => withThree().engine.workflow.search({ query }));
  expect(refusal).toMatchObject({ status, message: expect.stringContaining(message) as string });
});

test('a negative start is 0, and a negative size is no limit', () => {
  const { results, totalHits } = withThree().engine.workflow.search({ start: -1, size: -1 });
  expect([totalHits, results.length]).toEqual([3, 3]);
});

test('removed executions are still found, unless they were not to be archived', () => {
  const { engine } = withThree();
  const [a = '', b = ''] = engine.workflow.running('w');
  engine.workflow.terminateAndRemove(a);
  engine.workflow.terminateAndRemove(b, undefined, false);
  expect(engine.workflow.search({}).totalHits).toBe(2);
  expect(engine.workflow.searchV2({}).totalHits).toBe(1);
});

test('free text looks into ids, names and payloads', () => {
  const { engine } = withThree();
  expect(engine.workflow.search({ freeText: 'n=2' }).totalHits).toBe(1);
  expect(engine.workflow.search({ freeText: '*' }).totalHits).toBe(3);
});

test('results are sorted and paged, and the hits are counted without the page', () => {
  const { engine } = withThree();
  const found = engine.workflow.search({ sort: 'correlationId:DESC', start: 1, size: 1 });
  expect(found.totalHits).toBe(3);
  expect(found.results.map((each) => each.correlationId)).toEqual(['c2']);
});

test('a page of more than 5000 is refused', () => {
  expect(refusalOf(() => anEngine().engine.workflow.search({ size: 5_001 })).status).toBe(400);
});

test('search-v2 gives workflows without their tasks, and the search by tasks each workflow once', () => {
  const { engine } = withThree();
  expect(engine.workflow.searchV2({ query: 'correlationId = c1' }).results).toMatchObject([{ tasks: [] }]);
  expect(
    engine.workflow
      .searchByTasks({ query: 'taskType = a AND status = COMPLETED' })
      .results.map((each) => each.correlationId),
  ).toEqual(['c1']);
  expect(engine.workflow.searchByTasksV2({}).totalHits).toBe(1);
});

test('tasks are found by their own fields, and not before their first change', () => {
  const { engine } = withThree();
  expect(engine.task.search({ query: 'status = SCHEDULED' }).totalHits).toBe(0);
  expect(engine.task.searchV2({ query: 'status = COMPLETED' }).results).toMatchObject([{ outputData: { y: 1 } }]);
});

test('running executions, correlated ones, and the tasks of one by status', () => {
  const { engine } = withThree();
  expect(engine.workflow.running('w')).toHaveLength(2);
  expect(engine.workflow.running('nope')).toEqual([]);
  const correlated = engine.workflow.correlated('w', ['zz', 'c1', 'c2'], {});
  expect(Object.entries(correlated).map(([id, list]) => [id, list.length])).toEqual([
    ['zz', 0],
    ['c1', 0],
    ['c2', 1],
  ]);
  const [closed] = engine.workflow.getByCorrelationId('w', 'c1', { includeClosed: true });
  expect(engine.workflow.getTasks(closed?.workflowId ?? '', { status: ['COMPLETED'] }).totalHits).toBe(1);
  expect(engine.workflow.getTasks(closed?.workflowId ?? '', { status: ['FAILED'] }).totalHits).toBe(0);
});

test('the status of a workflow shows output and variables only when asked', () => {
  const { engine } = anEngine();
  const id = started(engine, [step('a')]);
  expect(JSON.parse(JSON.stringify(engine.workflow.getStatus(id)))).toEqual({ workflowId: id, status: 'RUNNING' });
  expect(engine.workflow.getStatus(id, { includeOutput: true, includeVariables: true })).toMatchObject({
    output: {},
    variables: {},
  });
});

/** Three executions of one workflow; the first is complete. */
function withThree(): Given {
  const given = anEngine();
  for (const n of [1, 2, 3])
    started(given.engine, [step('a')], { request: { correlationId: `c${n}`, input: { n, list: ['a', 'b'] } } });
  complete(given.engine, 'a', { y: 1 });
  return given;
}
