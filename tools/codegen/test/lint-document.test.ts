import { expect, test } from 'vitest';
import { lintDocument } from '../src/lint/lint-document.ts';
import { operation, sampleDocument } from './sample-document.ts';

test('a document without faults passes', () => {
  expect(lintDocument(sampleDocument())).toEqual([]);
});

test('a document without its outer shape is told so, and nothing else', () => {
  expect(lintDocument(null)).toEqual(['The document is not a map.']);
  expect(lintDocument({ openapi: '3.0.3', info: {}, paths: { a: { fetch: {} } } })).toEqual([
    'openapi: must be 3.1.x.',
    'components.schemas: is missing.',
    'a: a path begins with a slash.',
    'a: `fetch` is no HTTP method in lower case.',
  ]);
});

test.each([
  ['a missing mark', { 'x-conductor-replay': undefined }, 'has no x-conductor-replay.'],
  ['a missing summary', { summary: undefined }, 'has no summary. Say in one line what it does.'],
  ['an unknown value', { 'x-conductor-server': 'all' }, 'x-conductor-server is `all`. It may be oss, orkes, both.'],
  ['a misspelt mark', { 'x-conductor-reply': 'safe' }, 'x-conductor-reply is unknown. Known are x-conductor-group,'],
  ['a method that is no name', { 'x-conductor-method': 'get-it' }, '`get-it` is not a name in camelCase.'],
  [
    'a keyed operation without a place for its key',
    { 'x-conductor-replay': 'keyed' },
    'x-conductor-replay: keyed and x-conductor-idempotency-key go together.',
  ],
  [
    'a key in a header that is not declared',
    { 'x-conductor-replay': 'keyed', 'x-conductor-idempotency-key': 'header' },
    'takes its key in a header, but has no header parameter X-Idempotency-key.',
  ],
  [
    'a condition on something that is no parameter',
    { 'x-conductor-replay-when': [{ param: 'overwrite', is: true, replay: 'safe' }] },
    'x-conductor-replay-when names overwrite, no parameter of it.',
  ],
  [
    'a condition on the body of an operation without one',
    { 'x-conductor-replay-when': [{ param: 'body.status', is: 'X', replay: 'safe' }] },
    'x-conductor-replay-when names body.status, no parameter of it.',
  ],
  [
    'a wait for something that is no parameter',
    { 'x-conductor-wait': { param: 'timeout', unit: 'ms' } },
    'x-conductor-wait names timeout, no parameter of it.',
  ],
  [
    'a wait whose default differs',
    { 'x-conductor-wait': { param: 'q', unit: 's', default: 10 }, parameters: [query('q')] },
    'the default of x-conductor-wait differs from the default of q.',
  ],
  [
    'a parameter in two places',
    { parameters: [query('q'), { ...query('q'), in: 'header' }] },
    'q is both a query and a header parameter, but callers give one value.',
  ],
  [
    'a path parameter that the path does not have',
    { parameters: [{ ...query('id'), in: 'path', required: true }] },
    'the path parameter id does not occur in the path.',
  ],
  [
    'a map outside of the query',
    { parameters: [{ ...query('q'), in: 'header', schema: { type: 'object' } }] },
    'q is a map, which only a query can carry.',
  ],
  ['a parameter named body', { parameters: [query('body')] }, `a parameter cannot be called body`],
  ['a parameter without words', { parameters: [{ ...query('q'), description: undefined }] }, 'q has no description.'],
  ['no success', { responses: { '404': {} } }, 'has no 2xx response.'],
  [
    'an id as JSON text',
    { responses: { '200': { content: { 'text/plain': { schema: { type: 'integer' } } } } } },
    'the response is text/plain, so its schema must be a string.',
  ],
  [
    'an unknown content type',
    { responses: { '200': { content: { '*/*': { schema: { type: 'string' } } } } } },
    'the response is `*/*`. It may be application/json, text/plain, application/octet-stream.',
  ],
  [
    'a success that may be empty and does not say so',
    { responses: { '200': { content: { 'application/json': { schema: {} } } }, '204': {} } },
    'may succeed without a body. Say with x-conductor-empty what that means: nothing or list.',
  ],
  [
    'a default body that is not empty',
    { requestBody: body({ type: 'object', default: { a: 1 } }) },
    'the only default of a request body is {}, on a required one: it is sent when a caller gives none.',
  ],
])('%s is a fault of the operation', (_title, changes, message) => {
  const document = sampleDocument({ '/api/things': { post: operation(changes) } });
  expect(lintDocument(document)).toEqual([expect.stringContaining(`POST /api/things: ${message}`)]);
});

test('a path parameter must be declared', () => {
  const document = sampleDocument({ '/api/things/{id}': { get: operation() } });
  expect(lintDocument(document)).toEqual([
    'GET /api/things/{id}: {id} is not declared. Add a parameter with `in: path`.',
  ]);
});

test('a GET has no body', () => {
  const document = sampleDocument({ '/api/things': { get: operation({ requestBody: body({ type: 'string' }) }) } });
  expect(lintDocument(document)).toEqual(['GET /api/things: cannot have a request body.']);
});

test('a name that is taken is a fault that names the operation which has it', () => {
  const document = sampleDocument({
    '/api/things': { get: operation({ 'x-conductor-group': 'order', 'x-conductor-method': 'list' }) },
  });
  expect(lintDocument(document)).toEqual([
    'GET /api/things: order.list is taken by GET /api/orders. Choose another method name.',
  ]);
});

test('two names that would be one function are a fault', () => {
  const document = sampleDocument({
    '/a': { get: operation({ 'x-conductor-group': 'task', 'x-conductor-method': 'queueSize' }) },
    '/b': { get: operation({ 'x-conductor-group': 'taskQueue', 'x-conductor-method': 'size' }) },
  });
  expect(lintDocument(document)).toEqual(['GET /b: taskQueue.size is taken by GET /a. Choose another method name.']);
});

test('one value may go into the path and the query when the source says so', () => {
  const path = { ...query('id'), in: 'path', required: true };
  const parameters = [path, { ...query('id'), 'x-conductor-same-as-path': true }];
  expect(lintDocument(sampleDocument({ '/api/things/{id}': { get: operation({ parameters }) } }))).toEqual([]);
});

test('a reference to nowhere and a schema that nothing uses are faults', () => {
  const document = sampleDocument({
    '/api/things': { post: operation({ requestBody: body({ $ref: '#/components/schemas/Thing' }) }) },
  });
  const schemas = { ...document.components.schemas, Spare: { description: 'Spare.', type: 'string' } };
  expect(lintDocument({ ...document, components: { schemas } })).toEqual([
    'paths./api/things.post.requestBody.content.application/json.schema: refers to the schema Thing, which is not there.',
    'schema Spare: is not used by anything. Remove it.',
  ]);
});

test('a reference into another file is a fault: files are merged', () => {
  const requestBody = body({ $ref: 'order.yaml#/Order' });
  const document = sampleDocument({ '/api/things': { post: operation({ requestBody }) } });
  expect(lintDocument(document)).toEqual([
    expect.stringContaining('refers to order.yaml#/Order. Only #/components/schemas/<Name> is possible'),
  ]);
});

test('a time without its unit and a required field that is not there are faults', () => {
  const document = sampleDocument();
  const Order = {
    ...document.components.schemas['Order'],
    required: ['id', 'total'],
    properties: {
      id: { type: 'string' },
      state: { $ref: '#/components/schemas/OrderState' },
      waitTime: { type: 'integer', description: 'How long.' },
    },
  };
  expect(lintDocument({ ...document, components: { schemas: { ...document.components.schemas, Order } } })).toEqual([
    'schema Order: requires total, which it does not have.',
    'schema Order: waitTime is a time. Name its unit in the description: `in ms` or `in seconds`.',
  ]);
});

function query(name: string): { name: string; in: string; description: string; schema: object } {
  return { name, in: 'query', description: 'Something.', schema: { type: 'string' } };
}

function body(schema: object): object {
  return { description: 'It.', required: true, content: { 'application/json': { schema } } };
}
