import { expect, test } from 'vitest';
import type { BodyRule, RequestRule } from '../../src/responder/request-rule.ts';
import { type CheckedRequest, requestProblems } from '../../src/responder/request-problems.ts';

test('a request that has all it needs is right', () => {
  const whole = rule({ query: ['status'], headers: ['X-Strategy'], body: json('object') });
  const request = { query: new Set(['status', 'other']), headers: { 'x-strategy': 'a', ...JSON_TYPE }, body: '{}' };
  expect(requestProblems(whole, asked(request))).toEqual([]);
});

test('each required query parameter and header that is missing is named', () => {
  expect(requestProblems(rule({ query: ['a', 'b'], headers: ['X-C'] }), asked({ query: new Set(['b']) }))).toEqual([
    'The query parameter a is missing.',
    'The header X-C is missing.',
  ]);
});

test('a path in which a template left its placeholder is seen', () => {
  for (const id of ['undefined', 'null', 'NaN', '[object Object]', '{id}']) {
    expect(requestProblems(rule({}), asked({ segments: { id } })), id).toHaveLength(1);
  }
  expect(requestProblems(rule({}), asked({ segments: { id: 'undefined-1' } }))).toEqual([]);
});

test('a body must be there where it is required, and must not where there is none', () => {
  expect(requestProblems(rule({ body: json('object') }), asked({}))).toEqual(['The body is missing.']);
  expect(requestProblems(rule({ body: { ...json('object'), required: false } }), asked({}))).toEqual([]);
  expect(requestProblems(rule({}), asked({ body: '{}', headers: JSON_TYPE }))).toEqual([
    'There is a body, but this operation takes none.',
  ]);
});

test('the body must have its content type and, where it is JSON, its shape', () => {
  const sent = (body: string, type: string, wanted: BodyRule): string[] =>
    requestProblems(rule({ body: wanted }), asked({ body, headers: { 'content-type': type } }));
  expect(sent('[1]', 'application/json; charset=utf-8', json('array'))).toEqual([]);
  expect(sent('"a"', 'application/json', json('any'))).toEqual([]);
  expect(sent('a', 'Text/Plain;charset=UTF-8', { type: 'text/plain' })).toEqual([]);
  expect(sent('{}', 'application/json', json('array'))).toEqual(['The body must be a JSON array.']);
  expect(sent('[]', 'application/json', json('object'))).toEqual(['The body must be a JSON object.']);
  expect(sent('null', 'application/json', json('object'))).toEqual(['The body must be a JSON object.']);
  expect(sent('a', 'application/json', { type: 'text/plain' })).toEqual([
    "The content type of the body is 'application/json'; it must be text/plain.",
  ]);
  expect(sent('{', 'application/json', json('object'))[0]).toMatch(/^The body is not JSON: /);
});

const JSON_TYPE = { 'content-type': 'application/json' };
const json = (shape: 'object' | 'array' | 'any'): BodyRule => ({
  type: 'application/json',
  json: shape,
  required: true,
});

function rule(changes: Partial<RequestRule>): RequestRule {
  return { operation: 'thing.act', server: 'orkes', method: 'POST', path: '/api/things', ...changes };
}

function asked(changes: Partial<Omit<CheckedRequest, 'body'>> & { body?: string }): CheckedRequest {
  return { segments: {}, query: new Set(), headers: {}, ...changes, body: Buffer.from(changes.body ?? '') };
}
