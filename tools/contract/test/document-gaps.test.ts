import type { Document } from '@conductor-ts/codegen';
import { expect, test } from 'vitest';
import { documentGaps } from '../src/document-gaps.ts';

test('what is missing is named: operations, parameters, fields at any depth, words', () => {
  const server = document({
    parameters: ['a', 'b'],
    task: { id: { type: 'string' }, extra: { type: 'string' }, state: { type: 'string', enum: ['ON', 'OFF'] } },
    more: { '/b': { get: {} } },
  });
  const ours = document({
    parameters: ['a'],
    task: { id: { type: 'string' }, state: { type: 'string', enum: ['ON'] } },
  });
  expect(documentGaps(server, ours)).toEqual([
    'GET /a/{}: parameter b missing',
    'GET /b: missing',
    'Task.extra: missing',
    'Task.state: OFF missing',
  ]);
});

test('what we have beyond the server is no gap, and an open object has no fields', () => {
  const server = document({ parameters: [], task: { payload: { type: 'object', properties: { x: {} } } } });
  const ours = document({ parameters: ['a'], task: { payload: { type: 'object' }, ours: {} } });
  expect(documentGaps(server, ours)).toEqual([]);
});

function document(given: { parameters: string[]; task: object; more?: object }): Document {
  const answer = { type: 'array', items: { $ref: '#/components/schemas/Task' } };
  const parameters = given.parameters.map((name) => ({ name, in: 'query' }));
  const get = { parameters, responses: { '200': { content: { 'application/json': { schema: answer } } } } };
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/a/{id}': { get }, ...given.more },
    components: { schemas: { Task: { type: 'object', properties: given.task } } },
  } as unknown as Document;
}
