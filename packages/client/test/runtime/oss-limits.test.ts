import { expect, test } from 'vitest';
import type { Operation } from '../../src/runtime/operation.ts';
import { OSS_LONGEST_HEAD_BYTES, ossProblem } from '../../src/runtime/oss-limits.ts';
import { anOperation } from '../operations.ts';

const get = anOperation({ name: 'workflow.get', path: ['/api/workflow/', ''], pathParams: ['workflowId'] });
const poll = anOperation({ name: 'task.pollBatch', queryParams: ['timeout'] });
const search = anOperation({ name: 'workflow.search', path: ['/api/workflow/search'], queryParams: ['query', 'sort'] });

const head = (url = 'http://server/api/thing', headers: Record<string, string> = {}) => ({
  url,
  init: { method: 'GET', headers },
});
const headFor = (name: string | number): ReturnType<typeof head> =>
  head(`http://server/api/workflow/${encodeURIComponent(name)}`);
const problemPath = (operation: Operation, params: object, request = head()): string | undefined =>
  ossProblem(operation, params as Record<string, unknown>, request)?.path;

test.each(['a/b', 'a\\b', '/', 'a\0b'])('the name %j is out of reach', (workflowId) => {
  expect(ossProblem(get, { workflowId }, headFor(workflowId))).toMatchObject({ path: 'workflowId' });
});

test.each(['a.b', 'a:b', 'a;b', 'a%2Fb', 'a b', 'ä', '..a', 7])('the name %j is not', (workflowId) => {
  expect(ossProblem(get, { workflowId }, headFor(workflowId))).toBeUndefined();
});

test('a slash in the query is no trouble', () => {
  expect(problemPath(search, { query: 'a/b' })).toBeUndefined();
});

test.each([
  [5_000, undefined],
  [5_001, 'timeout'],
  ['6000', 'timeout'],
  [undefined, undefined],
])('a batch poll of %s ms', (timeout, expected) => {
  expect(problemPath(poll, { timeout })).toBe(expected);
});

test('only a batch poll has that limit', () => {
  expect(problemPath({ ...poll, name: 'workflow.execute' }, { timeout: 60_000 })).toBeUndefined();
});

test('URL and headers count together, down to the byte', () => {
  const url = `http://server/api/workflow/search?query=${'q'.repeat(4_000)}`;
  const used = 'GET  HTTP/1.1\r\n\r\n'.length + url.length - 'http://server'.length + 'x: \r\n'.length;
  const withHeader = (length: number) => head(url, { x: 'h'.repeat(length) });
  expect(problemPath(search, {}, withHeader(OSS_LONGEST_HEAD_BYTES - used))).toBeUndefined();
  expect(problemPath(search, {}, withHeader(OSS_LONGEST_HEAD_BYTES - used + 1))).toBe('headers');
});

test('the parameter to shorten is named', () => {
  const query = 'q'.repeat(9_000);
  const long = head(`http://server/api/workflow/search?query=${query}`);
  expect(problemPath(search, { query, sort: 'x' }, long)).toBe('query');
  const ids = Array.from({ length: 300 }, (_, index) => `id-${index}-of-an-execution`);
  expect(problemPath(search, { sort: ids }, long)).toBe('sort');
  expect(problemPath(search, {}, long)).toBe('url');
});
