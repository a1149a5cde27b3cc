import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyAnswer, mustReadBody, parseErrorBody } from '../src/classify-answer.ts';

const none = new Headers();

test.each([
  [401, 'EXPIRED_TOKEN', 'token-rejected'],
  [401, 'INVALID_TOKEN', 'token-rejected'],
  [401, undefined, 'token-rejected'],
  [401, '', 'token-rejected'],
  [401, 42, 'token-rejected'],
  [401, 'USER_DISABLED', 'answered'],
  [403, 'EXPIRED_TOKEN', 'token-rejected'],
  [403, 'INVALID_TOKEN', 'token-rejected'],
  [403, undefined, 'answered'],
  [403, 'FORBIDDEN', 'answered'],
])('%i with the error code %j: %s', (status, error, kind) => {
  expect(classifyAnswer(status, none, { error }, 0).kind).toBe(kind);
});

test.each([502, 503, 504])('%i may be passing', (status) => {
  expect(classifyAnswer(status, none, {}, 0).kind).toBe('server-error');
});

test('a 500 may be passing only where its body says so', () => {
  expect(classifyAnswer(500, none, {}, 0).kind).toBe('answered');
  expect(classifyAnswer(500, none, { retryable: true }, 0).kind).toBe('server-error');
});

test('the server can forbid the retry of a 5xx, in the body or in a header', () => {
  expect(classifyAnswer(503, none, { retryable: false }, 0).kind).toBe('answered');
  expect(classifyAnswer(503, new Headers({ 'x-should-retry': 'false' }), {}, 0).kind).toBe('answered');
  expect(classifyAnswer(429, new Headers({ 'x-should-retry': 'false' }), {}, 0).kind).toBe('answered');
});

test('a 429 and a 503 say how long to wait, a 502 does not', () => {
  const headers = new Headers({ 'retry-after': '3' });
  expect(classifyAnswer(429, headers, {}, 0)).toEqual({ kind: 'throttled', status: 429, retryAfterMs: 3_000 });
  expect(classifyAnswer(503, headers, {}, 0)).toMatchObject({ retryAfterMs: 3_000 });
  expect(classifyAnswer(502, headers, {}, 0)).toMatchObject({ retryAfterMs: undefined });
});

test.each([200, 204, 302, 400, 404, 408, 409, 413, 423, 501, 505])('%i is for the caller to judge', (status) => {
  expect(classifyAnswer(status, none, {}, 0)).toEqual({ kind: 'answered', status });
});

test('never: a throw, whatever the body holds', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('{')), (text) => {
      for (const status of [401, 403, 429, 500, 503]) classifyAnswer(status, none, parseErrorBody(text), 0);
    }),
  );
});

test('JSON may have white space before it', () => {
  expect(parseErrorBody(' \n{"error":"EXPIRED_TOKEN"}')).toEqual({ error: 'EXPIRED_TOKEN' });
});

test('a body is looked into only where the rule for its status asks for it', () => {
  expect([401, 403, 500, 404].map((status) => mustReadBody(status, true))).toEqual([true, true, true, false]);
  expect([401, 403, 500, 404].map((status) => mustReadBody(status, false))).toEqual([true, true, false, false]);
});
