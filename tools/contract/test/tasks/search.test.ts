import type { SearchResultTaskSummary } from '@conductor-ts/client';
import { beforeAll, expect, test } from 'vitest';
import { client } from '../../src/contract.ts';
import { registered, simple, started } from '../../src/given.ts';
import { complete, fail, workType } from '../../src/work.ts';

const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) as string;

let type: string;
let name: string;
let id: string;
let done: string;
let failed: string;

beforeAll(async () => {
  type = await workType();
  name = await registered([simple(type, 'a', { inputParameters: { x: '${workflow.input.x}' } }), simple(type, 'b')]);
  id = await started(name, { input: { x: 'find me' }, correlationId: 'c1', priority: 2 });
  done = (await complete(type, { list: [1, { z: null }] })).taskId;
  failed = (await fail(type, { reasonForIncompletion: 'why not' })).taskId;
});

const search = (query: string, more = {}): Promise<SearchResultTaskSummary> =>
  client.task.search({ query, sort: 'scheduledTime:ASC', ...more });

const idsOf = ({ results }: SearchResultTaskSummary): (string | undefined)[] => results.map(({ taskId }) => taskId);

test('a hit shows times as ISO texts, and payloads as Java prints them', async () => {
  const { totalHits, results } = await search(`taskType='${type}'`);
  expect(totalHits).toBe(2);
  expect(results?.[0]).toEqual({
    workflowId: id,
    workflowType: name,
    correlationId: 'c1',
    scheduledTime: ISO,
    startTime: ISO,
    updateTime: ISO,
    endTime: ISO,
    status: 'COMPLETED',
    executionTime: expect.any(Number) as number,
    queueWaitTime: expect.any(Number) as number,
    taskDefName: type,
    taskType: type,
    input: '{x=find me}',
    output: '{list=[1, {z=null}]}',
    taskId: done,
    workflowPriority: 2,
  });
  expect(results?.[1]).toMatchObject({ status: 'FAILED', reasonForIncompletion: 'why not' });
});

test('tasks are found by type, definition, status and type of workflow', async () => {
  expect(idsOf(await search(`taskDefName='${type}'`))).toEqual([done, failed]);
  expect(idsOf(await search(`workflowType='${name}'`))).toEqual([done, failed]);
  expect(idsOf(await search(`taskType='${type}' AND status='FAILED'`))).toEqual([failed]);
  expect(idsOf(await search(`taskType IN (${type}) AND status IN (COMPLETED,CANCELED)`))).toEqual([done]);
  expect(await search(`taskType='nope'`)).toEqual({ totalHits: 0, results: [] });
});

test('a page begins at its start, and the total counts all', async () => {
  const page = await search(`taskType='${type}'`, { start: 1, size: 1 });
  expect([page.totalHits, idsOf(page)]).toEqual([2, [failed]]);
});

test('a free text is looked for in the whole record', async () => {
  expect(idsOf(await search(`taskType='${type}'`, { freeText: 'find me' }))).toEqual([done]);
});

test('the second version gives whole tasks', async () => {
  const { totalHits, results } = await client.task.searchV2({ query: `taskType='${type}'`, sort: 'scheduledTime:ASC' });
  expect(totalHits).toBe(2);
  expect(results?.[0]).toMatchObject({
    taskId: done,
    referenceTaskName: 'a',
    inputData: { x: 'find me' },
    outputData: { list: [1, { z: null }] },
  });
});
