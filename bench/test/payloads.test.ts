import { expect, test } from 'vitest';
import { LARGE_ANSWER, LARGE_ID, pathOf, SMALL_ANSWER, START_REQUEST, WORKFLOW_ID } from '../src/payloads.ts';

test('the payloads are as large as the tables say', () => {
  expect(SMALL_ANSWER).toHaveLength(60);
  expect(JSON.stringify(START_REQUEST)).toHaveLength(1024);
  expect(Math.abs(LARGE_ANSWER.length - 30_000)).toBeLessThan(300);
});

test('each kind of call has the path that the client makes for it', () => {
  expect(pathOf('get')).toBe(`/api/workflow/${WORKFLOW_ID}?includeTasks=false`);
  expect(pathOf('large')).toBe(`/api/workflow/${LARGE_ID}?includeTasks=true`);
  expect(pathOf('post')).toBe('/api/workflow');
});
