import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidRequestError } from '../../src/errors/invalid-request-error.ts';
import { buildUrl } from '../../src/runtime/build-url.ts';
import { anOperation } from '../operations.ts';

const task = anOperation({
  name: 'task.updateByRef',
  path: ['/api/tasks/', '/', '/end'],
  pathParams: ['workflowId', 'taskRefName'],
  queryParams: ['workerid', 'status'],
});
const BASE = 'http://server:8080/base';

test('parameters stand between the pieces of the path', () => {
  expect(buildUrl(BASE, task, { workflowId: 'w1', taskRefName: 7 })).toBe(`${BASE}/api/tasks/w1/7/end`);
});

test('an operation without parameters has its path as it is', () => {
  expect(buildUrl(BASE, anOperation(), {})).toBe(`${BASE}/api/thing`);
});

test.each([
  ['a/b', 'a%2Fb'],
  ['a;v=1', 'a%3Bv%3D1'],
  ['50% off?', '50%25%20off%3F'],
  ['a#b&c', 'a%23b%26c'],
  ['日本', '%E6%97%A5%E6%9C%AC'],
  ['..a', '..a'],
  ['a\r\nX-Evil: 1', 'a%0D%0AX-Evil%3A%201'],
  ['{x}[y]', '%7Bx%7D%5By%5D'],
])('the name %j cannot change the shape of the URL', (name, encoded) => {
  expect(buildUrl(BASE, task, { workflowId: name, taskRefName: 't' })).toBe(`${BASE}/api/tasks/${encoded}/t/end`);
});

test('the name of a parameter of the query is encoded as well: in a raw request it may be anything', () => {
  const raw = anOperation({ queryParams: ['a&b', 'ids'] });
  expect(buildUrl(BASE, raw, { 'a&b': true, ids: ['1&2', 3] })).toBe(`${BASE}/api/thing?a%26b=true&ids=1%262&ids=3`);
});

test('whatever a parameter holds, a URL parser gives it back and finds the same path around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
      fc.pre(value !== '.' && value !== '..');
      const url = new URL(buildUrl(BASE, task, { workflowId: value, taskRefName: 'ref', workerid: value }));
      const segments = url.pathname.split('/');
      expect(segments).toHaveLength(7);
      expect(decodeURIComponent(segments[4] ?? '')).toBe(value);
      expect(url.searchParams.get('workerid')).toBe(value);
      expect(url.hash).toBe('');
    }),
  );
});

test.each([undefined, null, '', '.', '..', Number.NaN, Number.POSITIVE_INFINITY, {}, ['a'], new Date(0), () => 'x'])(
  'a path parameter of %j is refused, and the error names it',
  (value) => {
    const build = (): string => buildUrl(BASE, task, { workflowId: 'w', taskRefName: value });
    expect(build).toThrow(InvalidRequestError);
    expect(build).toThrow(expect.objectContaining({ path: 'taskRefName', code: 'INVALID_REQUEST' }));
  },
);

test('half a surrogate pair is refused rather than sent as something else', () => {
  expect(() => buildUrl(BASE, task, { workflowId: '\uD800', taskRefName: 't' })).toThrow(InvalidRequestError);
});

test('lists are repeated, and what is undefined or null is left out', () => {
  const params = { workflowId: 'w', taskRefName: 't', workerid: undefined, status: ['A', 'B&C'] };
  expect(buildUrl(BASE, task, params)).toBe(`${BASE}/api/tasks/w/t/end?status=A&status=B%26C`);
  expect(buildUrl(BASE, task, { ...params, status: null })).toBe(`${BASE}/api/tasks/w/t/end`);
});

test('zero, false and the empty string are values', () => {
  const search = anOperation({ queryParams: ['start', 'skip', 'freeText'] });
  expect(buildUrl('', search, { start: 0, skip: false, freeText: '' })).toBe('/api/thing?start=0&skip=false&freeText=');
});

test('a map of query parameters is sent member by member', () => {
  const webhook = anOperation({ queryParams: ['id'], queryMaps: ['requestParams'] });
  const requestParams = { 'hub.mode': 'a&b', tag: ['x', 'y'], absent: undefined };
  expect(buildUrl(BASE, webhook, { id: 1, requestParams })).toBe(`${BASE}/api/thing?id=1&hub.mode=a%26b&tag=x&tag=y`);
  expect(buildUrl(BASE, webhook, {})).toBe(`${BASE}/api/thing`);
});
