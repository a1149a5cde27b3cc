import * as zlib from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { TransportError, createTransport } from '../src/index.ts';
import { startHttp1 } from './servers/http-servers.ts';

const TEXT = 'compressible '.repeat(1_000);
const encodings: Record<string, (input: Buffer) => Buffer> = {
  gzip: zlib.gzipSync,
  'x-gzip': zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
  'gzip, br': (input) => zlib.brotliCompressSync(zlib.gzipSync(input)),
  identity: (input) => input,
  unheard: (input) => input,
};

const server = await startHttp1((request, response) => {
  const encoding = decodeURIComponent(request.url?.slice(1) ?? '');
  if (encoding === 'bomb')
    return response.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync(Buffer.alloc(30e6)));
  if (encoding === 'garbage') return response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is not gzip');
  if (encoding === 'asked') return response.end(request.headers['accept-encoding']);
  return response.writeHead(200, { 'content-encoding': encoding }).end(encodings[encoding]?.(Buffer.from(TEXT)));
});
const transport = createTransport({ maxResponseBytes: 10e6 });
afterAll(async () => {
  await transport.close();
  await server.close();
});

test.each(Object.keys(encodings))('a body in %s is given decoded', async (encoding) => {
  const response = await transport.fetch(`${server.url}/${encodeURIComponent(encoding)}`);
  expect(await response.text()).toBe(TEXT);
});

test('what can be decoded is asked for', async () => {
  expect(await (await transport.fetch(`${server.url}/asked`)).text()).toBe('gzip, deflate, br, zstd');
  expect(await (await transport.fetch(`${server.url}/asked`, { headers: { 'accept-encoding': 'br' } })).text()).toBe(
    'br',
  );
});

test('a small body that unpacks to a large one is stopped at the limit', async () => {
  const response = await transport.fetch(`${server.url}/bomb`);
  await expect(response.text()).rejects.toMatchObject({
    code: 'RESPONSE_TOO_LARGE',
    limitBytes: 10e6,
    requestSent: true,
  });
});

test("a bomb that nobody reads is held at the reader's mark", async () => {
  const response = await transport.fetch(`${server.url}/bomb`);
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  expect(value?.length).toBeLessThan(1e6);
  await reader?.cancel();
});

test('a body that is not what it says is an error', async () => {
  const response = await transport.fetch(`${server.url}/garbage`);
  const error: unknown = await response.json().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransportError);
  expect(error).toMatchObject({ code: 'DECODE_FAILED', encoding: 'gzip' });
});
