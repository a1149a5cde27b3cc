import { expect, test } from 'vitest';
import { looksLike } from '../../src/runtime/looks-like.ts';

test.each([
  ['taskType', 'tasktype'],
  ['x-idempotency-key', 'X-Idempotency-Key'],
  ['timeout', 'timeoutMs'],
  ['workflow', 'workflowId'],
  ['includeTaks', 'includeTasks'],
  ['inculdeTasks', 'includeTasks'],
  ['includeTazks', 'includeTasks'],
  ['iincludeTasks', 'includeTasks'],
  ['ID', 'id'],
])('%s was meant to be %s', (one, other) => {
  expect(looksLike(one, other)).toBe(true);
  expect(looksLike(other, one)).toBe(true);
});

test.each([
  ['id', 'ie'],
  ['name', 'version'],
  ['startTime', 'endTime'],
  ['taskId', 'workflowId'],
  ['includeClosed', 'includeTasks'],
  ['', 'id'],
])('%s was not meant to be %s', (one, other) => {
  expect(looksLike(one, other)).toBe(false);
  expect(looksLike(other, one)).toBe(false);
});
