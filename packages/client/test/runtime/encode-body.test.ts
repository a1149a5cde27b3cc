import { expect, test } from 'vitest';
import { InvalidRequestError } from '../../src/errors/invalid-request-error.ts';
import { encodeBody } from '../../src/runtime/encode-body.ts';
import { anOperation } from '../operations.ts';

const json = anOperation({ name: 'workflow.start', body: 'json' });

test('a JSON body is written once, with its type', () => {
  expect(encodeBody(json, { name: 'w', version: undefined })).toEqual({
    content: '{"name":"w"}',
    contentType: 'application/json',
  });
});

test.each([undefined, null])('a required body that is %s is refused before the server fails on it', (body) => {
  for (const kind of ['json', 'text', 'form', 'binary'] as const) {
    expect(() => encodeBody({ ...json, body: kind, bodyRequired: true }, body)).toThrow(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        message: 'workflow.start was not sent: the body is missing',
        path: 'body',
        hint: 'body: is required: give it as `body` of the parameters.',
      }),
    );
  }
});

test.each([undefined, null])(
  'a body that the server needs and the caller may leave out is an empty object: %s',
  (body) => {
    expect(encodeBody({ ...json, bodySentWhenAbsent: true }, body)?.content).toBe('{}');
  },
);

test.each([
  ['json', '{"name":"w"}', 'body: is text already; give an object.'],
  ['json', [{ name: 'w' }], 'body: give an object.'],
  ['json', 7, 'body: give an object.'],
  ['list', '[1]', 'body: is text already; give a list.'],
  ['list', { name: 'w' }, 'body: give a list.'],
] as const)('a body that is to be %s is refused as %j', (kind, body, hint) => {
  expect(() => encodeBody({ ...json, body: kind }, body)).toThrow(
    expect.objectContaining({
      code: 'INVALID_REQUEST',
      message: 'workflow.start was not sent: the body has the wrong type',
      path: 'body',
      hint,
    }),
  );
});

test.each<[string, object, object]>([
  ['input', { idempotencyKey: 'body' }, { name: 'w', input: '{"total":7}' }],
  ['outputData', { name: 'task.update' }, { taskId: 't', outputData: '{}' }],
  ['outputData', { name: 'task.updateAndPoll' }, { taskId: 't', outputData: '' }],
])('an %s that is JSON already is refused before the server fails on it', (path, operation, body) => {
  expect(() => encodeBody({ ...json, ...operation }, body)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', path, hint: `${path}: is text already; give an object.` }),
  );
});

test.each<[string, object]>([
  ['workflow.startByName', { idempotencyKey: 'header' }],
  ['task.updateByRef', {}],
])('members of a body that is itself an input or output may be text: %s', (name, operation) => {
  const body = { input: 'text', outputData: 'text' };
  expect(encodeBody({ ...json, ...operation, name }, body)?.content).toBe(JSON.stringify(body));
});

test.each(['text', 7, [1], { a: 1 }, false])('where any value will do, %j is written as JSON', (body) => {
  expect(encodeBody({ ...json, body: 'any' }, body)?.content).toBe(JSON.stringify(body));
});

test('an optional body that is left out is not sent', () => {
  expect(encodeBody(json, undefined)).toBeUndefined();
});

test('an operation without a body sends none', () => {
  expect(encodeBody(anOperation(), { stray: true })).toBeUndefined();
});

test('a value that JSON would lose is refused by its place, and the message stays the same for every place', () => {
  const encode = (body: unknown): InvalidRequestError => {
    try {
      encodeBody(json, body);
    } catch (error) {
      return error as InvalidRequestError;
    }
    throw new Error('was not refused');
  };
  const first = encode({ input: { items: [0, new Map()] } });
  const second = encode({ output: Number.NaN });
  expect(first).toBeInstanceOf(InvalidRequestError);
  expect(first.path).toBe('input.items[1]');
  expect(first.hint).toContain('input.items[1]');
  expect(first.message).toBe(second.message);
});

test('a getter that throws is reported with its error as the cause', () => {
  const cause = new Error('lazy field');
  const body = {
    get broken(): never {
      throw cause;
    },
  };
  expect(() => encodeBody(json, body)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST', cause }));
});

test('nesting deeper than the stack is refused, not a crash', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 200_000; level += 1) deep = [deep];
  expect(() => encodeBody(json, deep)).toThrow(InvalidRequestError);
});

test('a text body goes as it is, and nothing but text', () => {
  const log = anOperation({ body: 'text' });
  expect(encodeBody(log, 'line\n"quoted"')).toEqual({
    content: 'line\n"quoted"',
    contentType: 'text/plain;charset=UTF-8',
  });
  expect(() => encodeBody(log, { text: 'x' })).toThrow(InvalidRequestError);
});

test('form fields are encoded', () => {
  expect(encodeBody(anOperation({ body: 'form' }), { a: '1&2', b: undefined, c: 3 })?.content).toBe('a=1%262&c=3');
});

test('bytes go as they are, from the window of their view', () => {
  const whole = new Uint8Array([1, 2, 3, 4]);
  const body = encodeBody(anOperation({ body: 'binary' }), whole.subarray(1, 3));
  expect(body?.content).toEqual(new Uint8Array([2, 3]));
});
