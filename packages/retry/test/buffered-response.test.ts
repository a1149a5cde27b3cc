import { expect, test } from 'vitest';
import { asResponse, BufferedResponse } from '../src/buffered-response.ts';

test('it has the members of the Response it was made from', () => {
  const head = new Response('x', { status: 201, statusText: 'Made', headers: { a: '1' } });
  const response = buffered('x', head);
  for (const name of ['status', 'statusText', 'ok', 'url', 'redirected', 'type', 'headers'] as const) {
    expect(response[name]).toBe(head[name]);
  }
});

test('its body can be read in each way, as that of a Response', async () => {
  expect(await buffered('{"a":1}').json()).toEqual({ a: 1 });
  expect(await buffered('text').text()).toBe('text');
  expect(new Uint8Array(await buffered('ab').arrayBuffer())).toEqual(new Uint8Array([97, 98]));
  expect(await buffered('ab').bytes()).toEqual(new Uint8Array([97, 98]));
  expect(await (await buffered('blob').blob()).text()).toBe('blob');
  expect(await new Response(buffered('stream').body).text()).toBe('stream');
  const form = new Response(null, { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect((await buffered('a=1', form).formData()).get('a')).toBe('1');
});

test('a Blob has the type of the answer, and none where the answer has none', async () => {
  const page = new Response('x', { headers: { 'content-type': 'text/html' } });
  expect((await buffered('x', page).blob()).type).toBe('text/html');
  expect((await buffered('x', new Response(null)).blob()).type).toBe('');
});

test('an ArrayBuffer holds the body and nothing beside it, although the bytes lie in a larger one', async () => {
  const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
  const response = new BufferedResponse(new Response(), bytes);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([2, 3]));
});

test("what it hands out is nobody else's, although the bytes lie in a larger buffer", async () => {
  const whole = new Uint8Array([1, 2, 3, 4]);
  const part = (): BufferedResponse => new BufferedResponse(new Response(), whole.subarray(1, 3));
  const read = [await part().bytes(), new Uint8Array(await new Response(part().body).arrayBuffer())];
  for (const bytes of read) {
    expect([...bytes]).toEqual([2, 3]);
    expect(bytes.buffer).not.toBe(whole.buffer);
  }
});

test('what has been read is let go, and it still had a body', async () => {
  const response = buffered('text');
  expect(await response.text()).toBe('text');
  expect(response.body).not.toBeNull();
  expect(response.bodyUsed).toBe(true);
});

test('a byte order mark is not part of the text', async () => {
  expect(await buffered('\uFEFF{}').json()).toEqual({});
});

test('it can be read once', async () => {
  const response = buffered('x');
  expect(response.bodyUsed).toBe(false);
  await response.text();
  expect(response.bodyUsed).toBe(true);
  const refusal = new TypeError('The body has been read');
  for (const name of ['text', 'json', 'bytes', 'arrayBuffer', 'blob', 'formData'] as const) {
    await expect(response[name]()).rejects.toThrow(refusal);
  }
  expect(() => response.clone()).toThrow(refusal);
});

test('a clone has a body of its own', async () => {
  const response = buffered('x');
  const clone = response.clone();
  expect([await response.text(), await clone.text()]).toEqual(['x', 'x']);
});

test('an empty body is none', () => {
  expect(buffered('').body).toBeNull();
});

test('a locked stream keeps everybody else out', async () => {
  const response = buffered('x');
  response.body?.getReader();
  await expect(response.text()).rejects.toThrow(new TypeError('The body has been read'));
});

test('a stream that was asked for and that nobody reads leaves the body to others', async () => {
  const response = buffered('x');
  const stream = response.body;
  expect(response.body).toBe(stream);
  expect([response.bodyUsed, await response.text()]).toEqual([false, 'x']);
});

test('what was read from its stream cannot be read again', async () => {
  const response = buffered('x');
  const reader = response.body?.getReader();
  await reader?.read();
  reader?.releaseLock();
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow('The body has been read');
});

function buffered(text: string, head: Response = new Response()): Response {
  return asResponse(new BufferedResponse(head, new TextEncoder().encode(text)));
}
