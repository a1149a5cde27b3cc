import { expect, test } from 'vitest';
import { renderRequestRules } from '../src/render-request-rules.ts';
import { operation, sampleDocument } from './sample-document.ts';

const text = renderRequestRules(
  sampleDocument({
    '/things': {
      post: operation({
        parameters: [
          { name: 'a', in: 'query', required: true, schema: { type: 'string' } },
          { name: 'b', in: 'query', schema: { type: 'string' } },
          { name: 'X-C', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: { content: { 'text/plain': { schema: { type: 'string' } } } },
      }),
    },
  }),
);
const rules = Array.from(text.matchAll(/^ {2}(\{.*\}),$/gm), ([, line = '']) => JSON.parse(line) as object);

test('each operation is one line', () => {
  expect(rules.map((rule) => (rule as { operation: string }).operation)).toEqual([
    'order.get',
    'order.create',
    'order.list',
    'server.ping',
    'thing.act',
  ]);
});

test('a rule names what must be there, and nothing else', () => {
  expect(rules.at(-1)).toEqual({
    operation: 'thing.act',
    server: 'both',
    method: 'POST',
    path: '/things',
    query: ['a'],
    headers: ['X-C'],
    body: { type: 'text/plain' },
  });
});

test('a JSON body has its shape, and an answer the least value that fits', () => {
  expect(rules[0]).toMatchObject({ answer: { type: 'application/json', value: { id: '' } } });
  expect(rules[1]).toMatchObject({
    body: { type: 'application/json', json: 'object', required: true },
    answer: { type: 'text/plain', value: 'answer' },
  });
  expect(rules[2]).toMatchObject({ answer: { value: [] } });
});
