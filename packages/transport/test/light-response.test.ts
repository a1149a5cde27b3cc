import { afterAll, expect, test } from 'vitest';
import { createTransport } from '../src/index.ts';
import { startHttp1, startHttp2 } from './servers/http-servers.ts';
import type { HttpServer } from './servers/http-servers.ts';

const server: HttpServer = await startHttp1((request, response) => {
  if (request.url === '/empty') return response.writeHead(204).end();
  if (request.url === '/bom') return response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0xff]));
  if (request.url === '/large') return response.end('x'.repeat(1_000_000));
  response.writeHead(
    201,
    'Made',
    [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['content-type', 'application/json'],
    ].flat(),
  );
  return response.end('{"a":"ü"}');
});
const transport = createTransport();
afterAll(async () => {
  await transport.close();
  await server.close();
});
const get = (path = '/'): Promise<Response> => transport.fetch(server.url + path);

test('status, text, url and headers are those of fetch', async () => {
  const response = await get('/?q=1');
  const theirs = await fetch(`${server.url}/?q=1`);
  for (const name of ['status', 'statusText', 'ok', 'url', 'redirected', 'type', 'bodyUsed'] as const) {
    expect([name, response[name]]).toEqual([name, theirs[name]]);
  }
  expect([...response.headers].filter(([name]) => name !== 'date')).toEqual(
    [...theirs.headers].filter(([name]) => name !== 'date'),
  );
  expect(response.headers.get('X-A')).toBe('1, 2');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(response.headers.has('nothing')).toBe(false);
  expect(response.headers.get('constructor')).toBeNull();
  expect(new Headers(response.headers).get('x-a')).toBe('1, 2');
  expect(() => response.headers.set('x', 'y')).toThrow(TypeError);
});

test('the body can be read in every form', async () => {
  expect(await (await get()).json()).toEqual({ a: 'ü' });
  expect(await (await get()).text()).toBe('{"a":"ü"}');
  expect(Buffer.from(await (await get()).arrayBuffer()).toString()).toBe('{"a":"ü"}');
  expect(Buffer.from(await (await get()).bytes()).toString()).toBe('{"a":"ü"}');
  const blob = await (await get()).blob();
  expect([blob.type, await blob.text()]).toEqual(['application/json', '{"a":"ü"}']);
  const { body } = await get();
  let text = '';
  for await (const chunk of body as ReadableStream<Uint8Array>) text += Buffer.from(chunk).toString();
  expect(text).toBe('{"a":"ü"}');
});

test('whoever hands nothing of it out can have the body as it lies in memory, and it is used then', async () => {
  const response = (await get()) as Response & { viewBytes(): Buffer | Promise<Buffer> };
  expect((await response.viewBytes()).toString()).toBe('{"a":"ü"}');
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
});

test('the body can be read once', async () => {
  const response = await get();
  await response.text();
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
  expect(() => response.clone()).toThrow(TypeError);
});

test('a locked body cannot be read by another way', async () => {
  const response = await get();
  response.body?.getReader();
  await expect(response.json()).rejects.toThrow(TypeError);
});

test('a clone has a body of its own', async () => {
  const response = await get('/large');
  const copy = response.clone();
  expect(copy.status).toBe(200);
  const [one, two] = await Promise.all([response.text(), copy.text()]);
  expect([one.length, two.length]).toEqual([1_000_000, 1_000_000]);
  expect(response.bodyUsed && copy.bodyUsed).toBe(true);
});

test('reading a clone does not use up the original', async () => {
  const response = await get();
  await response.clone().text();
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toEqual({ a: 'ü' });
});

test('a 204 has no body', async () => {
  const response = await get('/empty');
  expect(response.body).toBeNull();
  expect(await response.text()).toBe('');
});

test('a byte order mark is not text, and bytes that are not UTF-8 are replaced', async () => {
  expect(await (await get('/bom')).text()).toBe('{}\u{fffd}');
});

test('a HEAD has the headers and no body', async () => {
  const response = await transport.fetch(server.url, { method: 'HEAD' });
  expect(response.status).toBe(201);
  expect(await response.text()).toBe('');
});

test('a body that is cancelled frees its stream', async () => {
  let closed = false;
  await using endless = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('x'.repeat(1_000));
    stream.on('close', () => (closed = true));
  });
  await using own = createTransport({ http2: 'prior-knowledge' });
  const response = await own.fetch(endless.url);
  await response.body?.cancel();
  await expect.poll(() => closed).toBe(true);
  expect(own.stats().origins[0]?.inFlight).toBe(0);
});

test.each(['auto', 'prior-knowledge'] as const)(
  'a body that was held back at its very end is read as a whole (%s)',
  async (http2) => {
    const body = Buffer.alloc(256 * 1024 + 1, 'x');
    await using big =
      http2 === 'auto'
        ? await startHttp1((_, response) => void response.end(body))
        : await startHttp2((stream) => {
            stream.respond({ ':status': 200 });
            stream.end(body);
          });
    await using own = createTransport({ http2 });
    for (const read of [
      (response: Response) => response.bytes(),
      (response: Response) => new Response(response.body).bytes(),
    ]) {
      const before = own.stats().totals.bytesReceived;
      const response = await own.fetch(big.url);
      // All is there, one byte more than is kept for a slow reader.
      await expect.poll(() => own.stats().totals.bytesReceived - before).toBe(body.length);
      expect((await read(response)).length).toBe(body.length);
    }
  },
);

test('a reader that is slow holds the server back', async () => {
  for (const protocol of ['auto', 'prior-knowledge'] as const) {
    let sent = 0;
    const pump = (write: (chunk: Buffer) => boolean, on: (name: 'drain', go: () => void) => void): void => {
      const more = (): void => {
        while (sent < 50e6 && write(Buffer.alloc(65_536))) sent += 65_536;
      };
      on('drain', more);
      more();
    };
    await using big =
      protocol === 'auto'
        ? await startHttp1((_, response) =>
            pump(
              (chunk) => response.write(chunk),
              (name, go) => response.on(name, go),
            ),
          )
        : await startHttp2((stream) => {
            stream.respond({ ':status': 200 });
            pump(
              (chunk) => stream.write(chunk),
              (name, go) => stream.on(name, go),
            );
          });
    await using own = createTransport({ http2: protocol });
    const reader = (await own.fetch(big.url)).body?.getReader();
    await reader?.read();
    let before = -1;
    // Until the server has stopped, because nobody reads.
    await expect.poll(() => before === (before = sent), { interval: 30 }).toBe(true);
    expect(sent).toBeLessThan(20e6);
    await reader?.cancel();
  }
});
