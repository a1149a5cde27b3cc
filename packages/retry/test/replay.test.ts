import { expect, test } from 'vitest';
import type { Call } from '../src/call.ts';
import { isRead, mayBeEcho, mayRepeat, replayMark } from '../src/replay.ts';

test.each([
  ['GET', 'safe'],
  ['HEAD', 'safe'],
  ['OPTIONS', 'safe'],
  ['PUT', 'safe'],
  ['DELETE', 'safe'],
  ['POST', 'unsafe'],
  ['PATCH', 'unsafe'],
  ['CONNECT', 'unsafe'],
])('without a mark, %s is %s', (method, mark) => {
  expect(replayMark(undefined, method)).toBe(mark);
});

test('the mark of the call wins over the method: a GET can start a workflow', () => {
  expect(replayMark({ operation: 'workflow.execute', replay: 'unsafe' }, 'GET')).toBe('unsafe');
});

test('keyed means safe with a key and unsafe without', () => {
  const call: Call = { operation: 'workflow.start', replay: 'keyed' };
  expect(mayRepeat('keyed', call, 'fail')).toBe(false);
  expect(mayRepeat('keyed', { ...call, idempotencyKey: 'k' }, 'fail')).toBe(true);
});

test('ambiguousWrites: retry repeats everything', () => {
  expect(mayRepeat('unsafe', undefined, 'fail')).toBe(false);
  expect(mayRepeat('unsafe', undefined, 'retry')).toBe(true);
});

test('a GET is a read unless it is marked unsafe', () => {
  expect(isRead('safe', 'GET')).toBe(true);
  expect(isRead('unsafe', 'GET')).toBe(false);
  expect(isRead('safe', 'DELETE')).toBe(false);
});

test.each([400, 401, 403, 404, 409, 410, 412, 422, 429, 500, 502, 503])(
  'after a lost reply a %i can be the echo of what was done',
  (status) => {
    expect(mayBeEcho(status, 'reply-lost')).toBe(true);
  },
);

test.each([200, 204, 302, 405, 406, 411, 413, 414, 415, 417, 431, 501, 505])('a %i is no echo', (status) => {
  expect(mayBeEcho(status, 'reply-lost')).toBe(false);
});

test('after a gateway error only a refusal of what is there can be an echo', () => {
  expect([404, 409].map((status) => mayBeEcho(status, 'gateway'))).toEqual([true, true]);
  expect([401, 403, 429, 500, 503].map((status) => mayBeEcho(status, 'gateway'))).toEqual(Array(5).fill(false));
});

test('without a doubt every answer is what it is', () => {
  expect(mayBeEcho(404, 'none')).toBe(false);
});

test('TRACE reads, and a key makes only a keyed call repeatable', () => {
  expect([replayMark(undefined, 'TRACE'), isRead('safe', 'TRACE')]).toEqual(['safe', true]);
  expect(mayRepeat('unsafe', { operation: 'x', replay: 'unsafe', idempotencyKey: 'k' }, 'fail')).toBe(false);
  expect(mayRepeat('keyed', undefined, 'fail')).toBe(false);
});

test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('a safe %s is a read, an unsafe one is none', (method) => {
  expect([isRead('safe', method), isRead('unsafe', method), isRead('safe', 'PUT')]).toEqual([true, false, false]);
});
