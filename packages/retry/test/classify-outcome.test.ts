import { expect, test } from 'vitest';
import { classifyFailure, toFailure } from '../src/classify-outcome.ts';
import { LostBody, readAnswer } from '../src/read-answer.ts';
import { networkError } from './scripted-fetch.ts';

const error = networkError('ECONNREFUSED');

test('whatever breaks in the body of a success came after sending', () => {
  expect(toFailure(new LostBody(error))).toEqual({ error, inBody: true });
  expect(toFailure(error)).toEqual({ error, inBody: false });
  expect(classifyFailure({ error, inBody: true }, 'http://a', undefined).kind).toBe('ambiguous');
  expect(classifyFailure({ error, inBody: false }, 'http://a', undefined).kind).toBe('unsent');
});

test('a bare TypeError for a request that cannot be built was never sent', () => {
  const failure = { error: new TypeError('Failed'), inBody: false };
  expect(classifyFailure(failure, 'http://a', { method: 'a b' })).toEqual({ kind: 'permanent', sent: false });
  expect(classifyFailure(failure, 'http://a', undefined).kind).toBe('ambiguous');
});

test('an answer of a fetch without bytes() is read by arrayBuffer(), any other without it', async () => {
  const head = { status: 200, headers: new Headers() };
  const old = { ...head, arrayBuffer: async () => new TextEncoder().encode('old').buffer };
  const young = { ...head, bytes: async () => new TextEncoder().encode('young') };
  const read = async (answer: object): Promise<string> => (await readAnswer(answer as Response)).text();
  expect([await read(old), await read(young)]).toEqual(['old', 'young']);
});

test.each([399, 400])('a broken body of a %i is an error below 400, and an empty one from there on', async (status) => {
  const body = new ReadableStream({ start: (controller) => controller.error(error) });
  const read = readAnswer(new Response(body, { status }));
  if (status < 400) await expect(read).rejects.toBeInstanceOf(LostBody);
  else expect(await (await read).text()).toBe('');
});
