import * as undici6 from 'undici-6';
import * as undici7 from 'undici-7';
import { expect, test } from 'vitest';
import { prepareRequest, splitUrl } from '../src/prepare-request.ts';

test('a string URL and a text body need no promise', () => {
  expect(prepareRequest('http://a.test/x?y=1#z', { method: 'post', body: 'hi' })).toMatchObject({
    method: 'POST',
    origin: 'http://a.test',
    path: '/x?y=1',
    body: Buffer.from('hi'),
    headers: { 'content-type': 'text/plain;charset=UTF-8', accept: '*/*' },
  });
});

test.each([
  ['http://a.test', 'http://a.test', '/'],
  ['http://a.test:80/', 'http://a.test', '/'],
  ['https://A.test:443/a b', 'https://a.test', '/a%20b'],
  ['http://a.test/a/../b', 'http://a.test', '/b'],
  ['http://a.test/a/%2e%2e/b', 'http://a.test', '/b'],
  ['http://a.test/ü?q=ü', 'http://a.test', '/%C3%BC?q=%C3%BC'],
  ['http://a.test?x', 'http://a.test', '/?x'],
  ['http://a.test/x\r\ny', 'http://a.test', '/xy'],
])('%j is %s and %s, the first time and when the origin is known', (url, origin, path) => {
  for (let round = 0; round < 2; round += 1) expect(splitUrl(url)).toEqual({ origin, path });
});

test.each([
  undefined,
  null,
  42,
  'nonsense',
  '/relative',
  'ftp://a.test/',
  'file:///etc/passwd',
  'http://user:secret@a.test/',
])('%j is not a URL to call', (url) => {
  expect(() => prepareRequest(url as string)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', requestSent: false }),
  );
});

test.each([
  [{ method: 'GET', body: 'x' }],
  [{ method: 'CONNECT' }],
  [{ method: 'B AD' }],
  [{ method: null }],
  [{ method: 42 }],
  [{ redirect: 'sometimes' }],
  [{ integrity: 'sha256-abc' }],
  [{ method: 'POST', body: 7 }],
  [{ method: 'POST', body: {} }],
])('%j is refused', (init) => {
  expect(() => prepareRequest('http://a.test/', init as unknown as RequestInit)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST' }),
  );
});

test.each([
  ['Uint8Array', () => new TextEncoder().encode('abc'), undefined],
  ['view of a larger buffer', () => new Uint8Array(Buffer.from('xabcx')).subarray(1, 4), undefined],
  ['ArrayBuffer', () => new TextEncoder().encode('abc').buffer, undefined],
  ['Blob', () => new Blob(['abc'], { type: 'text/csv' }), 'text/csv'],
  ['Blob without a type', () => new Blob(['abc']), undefined],
])('a body of kind %s is sent as its bytes', async (_kind, make, contentType) => {
  const { body, headers } = await prepareRequest('http://a.test/', { method: 'POST', body: make() });
  expect(textOf(body)).toBe('abc');
  expect(headers['content-type']).toBe(contentType);
});

test('URLSearchParams are sent as a form', async () => {
  const { body, headers } = await prepareRequest('http://a.test/', {
    method: 'POST',
    body: new URLSearchParams({ a: '1 2' }),
  });
  expect(textOf(body)).toBe('a=1+2');
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8');
});

test.each([
  ['the platform', FormData],
  ['undici 6', undici6.FormData],
  ['undici 7', undici7.FormData],
])('FormData of %s is sent as multipart', async (_owner, Form) => {
  const form = new Form();
  form.append('na"me', 'va\nlue');
  form.append('file', new Blob(['abc'], { type: 'text/csv' }), 'a.csv');
  const { body, headers } = await prepareRequest('http://a.test/', { method: 'POST', body: form });
  const read = await new Response(body as Buffer<ArrayBuffer>, {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData();
  expect(read.get('na"me')).toBe('va\r\nlue');
  const file = read.get('file') as File;
  expect([file.name, file.type, await file.text()]).toEqual(['a.csv', 'text/csv', 'abc']);
});

test.each([
  ['the platform', Request],
  ['undici 6', undici6.Request],
  ['undici 7', undici7.Request],
])('a Request of %s is taken apart', async (_owner, Kind) => {
  const controller = new AbortController();
  const request = new Kind('http://a.test/x', {
    method: 'PUT',
    headers: { 'x-a': '1' },
    body: 'abc',
    redirect: 'manual',
    signal: controller.signal,
  });
  const prepared = await prepareRequest(request as Request);
  expect(prepared).toMatchObject({ method: 'PUT', path: '/x', redirect: 'manual', headers: { 'x-a': '1' } });
  expect(textOf(prepared.body)).toBe('abc');
  controller.abort();
  expect(prepared.signal?.aborted).toBe(true);
});

test('what init says wins over the Request', async () => {
  const prepared = await prepareRequest(new Request('http://a.test/x', { method: 'PUT', body: 'abc' }), {
    method: 'POST',
    body: 'def',
  });
  expect(prepared).toMatchObject({ method: 'POST', body: Buffer.from('def') });
});

test('streams and async iterables are passed on in parts of bytes', async () => {
  async function* parts(): AsyncGenerator<string | Uint8Array> {
    yield 'a';
    yield new TextEncoder().encode('b');
  }
  for (const body of [parts(), ReadableStream.from(parts())]) {
    const prepared = await prepareRequest('http://a.test/', { method: 'POST', body: body as ReadableStream });
    const read: Uint8Array[] = [];
    for await (const part of prepared.body as AsyncIterable<Uint8Array>) read.push(part);
    expect(Buffer.concat(read).toString()).toBe('ab');
  }
});

function textOf(body: unknown): string {
  return Buffer.isBuffer(body) ? body.toString() : 'no bytes';
}
