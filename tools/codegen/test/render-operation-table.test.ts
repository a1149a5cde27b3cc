import { expect, test } from 'vitest';
import type { ApiOperation, ApiParameter } from '../src/api-model.ts';
import { renderOperationTable } from '../src/render-operation-table.ts';

test('a word has what is not usual for the HTTP method, and of the path what the one before has not', () => {
  const words = [
    operation({ method: 'list', path: '/api/things' }),
    operation({
      method: 'get',
      path: '/api/things/{id}',
      server: 'oss',
      parameters: [param('full'), param('X-A', 'header')],
    }),
    operation({
      method: 'stop',
      path: '/api/things/{id}/stop',
      server: 'orkes',
      httpMethod: 'PUT',
      response: { kind: 'void', type: 'void' },
    }),
  ];
  expect(renderOperationTable(words)).toContain(`\n  thing:\n    'list=/things get-/:id?full,@X-A stop+Un/.',\n`);
});

test('a group knows nothing of the paths of another', () => {
  const words = [operation({ path: '/api/a/b' }), operation({ group: 'other', path: '/api/a/b' })];
  expect(renderOperationTable(words)).toContain(`'act=G/a/b',\n  other:\n    'act=G/a/b',\n`);
});

test('a path that ends with a slash keeps it', () => {
  const words = [operation({ path: '/api/a/b' }), operation({ path: '/api/a/' })];
  expect(renderOperationTable(words)).toContain(`'act=G/a/b act=G2a/'`);
});

test('what must be given, how long the server waits and when it may be sent again are said', () => {
  const word = operation({
    parameters: [param('tag', 'query', true), { ...param('more'), isMap: true }, param('waitMs')],
    wait: { param: 'waitMs', unit: 'ms', default: 100 },
    replayWhen: [
      { param: 'tag', is: true, replay: 'unsafe' },
      { param: 'body.state', is: 'OPEN', replay: 'safe' },
    ],
  });
  expect(renderOperationTable([word])).toContain(
    `'act=G/thing?tag!,*more,waitMs~ms100;tag=true>u;body.state="OPEN">s'`,
  );
});

test('the HTTP method is left out where the name says it, and the same path is not said again', () => {
  const words = [
    operation({ method: 'deleteTags', path: '/api/a', httpMethod: 'DELETE', response: { kind: 'void', type: 'void' } }),
    operation({ method: 'getTags', path: '/api/a' }),
    operation({ method: 'setTags', path: '/api/a', httpMethod: 'POST', replay: 'unsafe' }),
  ];
  expect(renderOperationTable(words)).toContain(`'deleteTags=/a getTags= setTags=Pn'`);
});

test.each([
  ['PATCH', operation({ httpMethod: 'PATCH' })],
  ['{id}.json', operation({ path: '/api/{id}.json' })],
  ['a,b', operation({ parameters: [param('a,b')] })],
  ['a body of kind form that is not required', operation({ body: body('form') })],
  ['"a b"', operation({ replayWhen: [{ param: 'x', is: 'a b', replay: 'safe' }] })],
])('what no word stands for is refused, with its name: %s', (what, word) => {
  expect(() => renderOperationTable([word])).toThrow(`thing.act: the table of operations has no word for ${what} yet.`);
});

function operation(overrides: Partial<ApiOperation>): ApiOperation {
  return {
    group: 'thing',
    method: 'act',
    summary: '',
    description: undefined,
    deprecated: false,
    httpMethod: 'GET',
    path: '/api/thing',
    parameters: [],
    body: undefined,
    response: { kind: 'json', type: 'unknown' },
    replay: 'safe',
    replayWhen: [],
    idempotencyKey: undefined,
    server: 'both',
    wait: undefined,
    empty: undefined,
    ...overrides,
  };
}

function param(name: string, where: ApiParameter['in'] = 'query', required = false): ApiParameter {
  return {
    name,
    in: where,
    type: 'string',
    required,
    description: undefined,
    defaultValue: undefined,
    isMap: false,
    sameAsPath: false,
  };
}

function body(kind: 'form'): NonNullable<ApiOperation['body']> {
  return { kind, type: 'unknown', required: false, sentWhenAbsent: false, description: undefined };
}
