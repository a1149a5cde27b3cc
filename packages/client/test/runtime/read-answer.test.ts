import { expect, test } from 'vitest';
import { ParseError } from '../../src/errors/parse-error.ts';
import type { ResponseKind } from '../../src/runtime/operation.ts';
import { readAnswer } from '../../src/runtime/read-answer.ts';
import { anOperation } from '../operations.ts';

const read = async (
  kind: ResponseKind,
  body: string | null,
  init: { status?: number; type?: string } = {},
): Promise<unknown> =>
  readAnswer(
    anOperation({ response: kind }),
    new Response(body, { status: init.status ?? 200, headers: { 'content-type': init.type ?? 'application/json' } }),
    (text) => text.replaceAll('s3cret', '[redacted]'),
  );

const html = '<!doctype html><html><body>Sign in</body></html>';

test('an answer whose text is there is a value at once, and its faults are thrown at once', () => {
  const answer = (text: string): Response => Object.assign(new Response(''), { viewText: () => text });
  expect(readAnswer(anOperation({ response: 'json' }), answer('{"a":1}'), String)).toEqual({ a: 1 });
  expect(() => readAnswer(anOperation({ response: 'json' }), answer('{"a":'), String)).toThrow(ParseError);
});

test('JSON is parsed, whatever it holds', async () => {
  expect(await read('json', '{"status":"SOMETHING_NEW","unknown":{"a":[1,null]}}')).toEqual({
    status: 'SOMETHING_NEW',
    unknown: { a: [1, null] },
  });
  expect(await read('json', 'null')).toBeNull();
});

test.each([
  ['text', ''],
  ['binary', new Uint8Array()],
  ['void', undefined],
  ['auto', undefined],
] as const)('no body is an empty value of its kind for %s', async (kind, value) => {
  expect(await read(kind, null, { status: 204 })).toEqual(value);
  expect(await read(kind, '')).toEqual(value);
});

test.each([null, ''])('no body where JSON was to come is an error and no value: %j', async (body) => {
  await expect(read('json', body, { status: body === null ? 204 : 200 })).rejects.toMatchObject({
    name: 'ParseError',
    code: 'EMPTY_ANSWER',
    message: 'thing.get failed: the answer is empty',
    hint: expect.stringContaining('CONDUCTOR_SERVER_URL') as unknown,
    bodyLength: 0,
  });
});

test.each([
  ['nothing', undefined],
  ['list', []],
] as const)('no body is %s where the operation says so', async (empty, value) => {
  for (const response of ['json', 'text', 'binary', 'auto'] as const) {
    const operation = anOperation({ response, empty });
    expect(await readAnswer(operation, new Response(null, { status: 204 }), String)).toEqual(value);
    expect(await readAnswer(operation, new Response(''), String)).toEqual(value);
  }
});

test('an id is the text as it is', async () => {
  expect(await read('text', '00f1-2', { type: 'text/plain' })).toBe('00f1-2');
});

test('an id that a server sends as a JSON string loses its quotes', async () => {
  expect(await read('text', '"00f1-2"')).toBe('00f1-2');
});

test('a byte order mark is no part of the answer', async () => {
  expect(await read('json', '\uFEFF{"a":1}')).toEqual({ a: 1 });
});

test('a void answer may hold anything but a web page', async () => {
  expect(await read('void', '{"ignored":true}')).toBeUndefined();
  await expect(read('void', html, { type: 'text/html' })).rejects.toThrow(ParseError);
});

test.each(['json', 'text', 'binary'] as const)('a web page in place of %s says that the URL is wrong', async (kind) => {
  const failure = expect(read(kind, html, { type: 'text/html;charset=UTF-8' })).rejects;
  await failure.toMatchObject({
    name: 'ParseError',
    code: 'PARSE_FAILED',
    contentType: 'text/html;charset=UTF-8',
    hint: expect.stringContaining('CONDUCTOR_SERVER_URL') as unknown,
  });
});

test('JSON that was cut off is an error with a bounded piece of it', async () => {
  const failure = expect(read('json', `{"a":"${'x'.repeat(10_000)}`)).rejects;
  await failure.toMatchObject({ code: 'PARSE_FAILED', bodyLength: 10_006, snippet: expect.any(String) as unknown });
  await failure.toSatisfy((error: ParseError) => error.snippet.length <= 200);
});

test('known secrets are taken out of the snippet and of the cause', async () => {
  const error = await read('json', '{"t": s3cret}').catch((failure: unknown) => failure as ParseError);
  expect((error as ParseError).snippet).toContain('[redacted]');
  expect(String((error as ParseError).cause)).not.toContain('s3cret');
});

test('by content type, JSON is parsed and text is not', async () => {
  expect(await read('auto', '{"a":1}', { type: 'application/vnd.x+json' })).toEqual({ a: 1 });
  expect(await read('auto', '3.32.3', { type: 'text/plain' })).toBe('3.32.3');
});

test('bytes are given whole', async () => {
  expect(await read('binary', 'ab', { type: 'application/octet-stream' })).toEqual(new Uint8Array([97, 98]));
});
