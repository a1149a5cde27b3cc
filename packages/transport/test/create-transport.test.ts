import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createTransport } from '../src/index.ts';
import { createAuthority } from './servers/certificates.ts';
import { echo, echoOf, echoStream, startHttp1, startHttp2, startHttps } from './servers/http-servers.ts';

const authority = await createAuthority();
const tls = await authority.issue(['localhost', '127.0.0.1']);

test('a call over HTTP/1.1 sends method, path, headers and body', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  const seen = await echoOf(
    transport.fetch(`${server.url}/a?b=c`, { method: 'POST', headers: { 'X-A': '1' }, body: 'hi' }),
  );
  expect(seen).toMatchObject({ method: 'POST', url: '/a?b=c', body: 'hi', httpVersion: '1.1' });
  expect(seen.headers).toMatchObject({ 'x-a': '1', 'content-length': '2', host: server.url.slice(7) });
});

test('a call over TLS uses HTTP/2 where the server offers it', async () => {
  await using server = await startHttp2(echoStream, { tls });
  await using transport = createTransport({ tls: { ca: authority.cert } });
  const seen = await echoOf(transport.fetch(`${server.url}/a`, { method: 'POST', body: 'hi' }));
  expect(seen).toMatchObject({ method: 'POST', url: '/a', body: 'hi', httpVersion: '2.0' });
  expect(seen.headers['content-length']).toBe('2');
  expect(transport.stats().origins).toMatchObject([{ protocol: 'h2', sessions: 1, sockets: 0 }]);
});

test('a call over TLS uses HTTP/1.1 where the server offers nothing else, on the socket that found out', async () => {
  await using server = await startHttps(tls, echo);
  await using transport = createTransport({ tls: { ca: authority.cert } });
  expect(await echoOf(transport.fetch(server.url))).toMatchObject({ httpVersion: '1.1' });
  expect(server.accepted).toBe(1);
  expect(transport.stats().origins).toMatchObject([{ protocol: 'h1', sessions: 0 }]);
});

test("`http2: 'off'` stays with HTTP/1.1 where the server offers both", async () => {
  await using server = await startHttp2(echoStream, { tls, allowHTTP1: true });
  await using transport = createTransport({ http2: 'off', tls: { ca: authority.cert } });
  expect(await echoOf(transport.fetch(server.url))).toMatchObject({ httpVersion: '1.1' });
  await using other = createTransport({ tls: { ca: authority.cert } });
  expect(await echoOf(other.fetch(server.url))).toMatchObject({ httpVersion: '2.0' });
});

test('prior knowledge speaks HTTP/2 without TLS', async () => {
  await using server = await startHttp2(echoStream);
  await using transport = createTransport({ http2: 'prior-knowledge' });
  expect(await echoOf(transport.fetch(server.url))).toMatchObject({ httpVersion: '2.0' });
});

test('many calls share one HTTP/2 session', async () => {
  await using server = await startHttp2(echoStream);
  await using transport = createTransport({ http2: 'prior-knowledge' });
  await Promise.all(Array.from({ length: 80 }, (_, index) => echoOf(transport.fetch(`${server.url}/${index}`))));
  expect(server.accepted).toBe(1);
});

test('more calls than streams open more sessions, up to the limit, and all finish', async () => {
  await using server = await startHttp2(echoStream, { settings: { maxConcurrentStreams: 5 } });
  await using transport = createTransport({ http2: 'prior-knowledge', maxHttp2Sessions: 3 });
  const seen = await Promise.all(
    Array.from({ length: 100 }, (_, index) => echoOf(transport.fetch(`${server.url}/${index}`))),
  );
  expect(seen.map(({ url }) => url)).toEqual(Array.from({ length: 100 }, (_, index) => `/${index}`));
  expect(server.accepted).toBeGreaterThan(1);
  expect(server.accepted).toBeLessThanOrEqual(3);
});

test('HTTP/1.1 sockets are limited by themselves, and calls beyond the limit wait', async () => {
  let [open, most] = [0, 0];
  await using server = await startHttp1((request, response) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open -= 1;
      echo(request, response);
    }, 5);
  });
  await using transport = createTransport({ maxHttp1Sockets: 3 });
  const calls = Array.from({ length: 20 }, () => echoOf(transport.fetch(server.url)));
  expect(transport.stats().origins).toMatchObject([{ inFlight: 3, queued: 17 }]);
  await Promise.all(calls);
  expect(most).toBe(3);
  expect(server.accepted).toBeLessThanOrEqual(3);
});

test('a stream is sent in parts, over either protocol', async () => {
  async function* parts(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < 50; index += 1) yield Buffer.from('x'.repeat(10_001));
  }
  await using one = await startHttp1(echo);
  await using two = await startHttp2(echoStream);
  for (const [url, http2] of [
    [one.url, 'auto'],
    [two.url, 'prior-knowledge'],
  ] as const) {
    await using transport = createTransport({ http2 });
    const seen = await echoOf(
      transport.fetch(url, { method: 'POST', body: ReadableStream.from(parts()), duplex: 'half' }),
    );
    expect(seen.body.length).toBeGreaterThan(500_000);
    expect(seen.headers['content-length']).toBeUndefined();
  }
});

test('a Request of the platform is accepted', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  const request = new Request(`${server.url}/r`, { method: 'PUT', headers: { 'x-a': '1' }, body: 'abc' });
  expect(await echoOf(transport.fetch(request))).toMatchObject({ method: 'PUT', url: '/r', body: 'abc' });
});

test('fetch needs no `this`', async () => {
  await using server = await startHttp1(echo);
  await using transport = createTransport();
  const { fetch } = transport;
  expect((await fetch(server.url)).status).toBe(200);
});

test('one signal over many calls keeps no listener and warns of nothing', async () => {
  const warnings: string[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', onWarning);
  await using server = await startHttp2(echoStream);
  await using transport = createTransport({ http2: 'prior-knowledge' });
  const { signal } = new AbortController();
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(Array.from({ length: 250 }, () => echoOf(transport.fetch(server.url, { signal }))));
  }
  process.off('warning', onWarning);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(warnings).toEqual([]);
});

test('stats count requests, connections and bytes', async () => {
  await using server = await startHttp1((_, response) => response.end('12345'));
  await using transport = createTransport();
  await (await transport.fetch(server.url)).text();
  expect(transport.stats()).toEqual({
    origins: [
      {
        origin: server.url,
        protocol: 'h1',
        sessions: 0,
        sockets: 1,
        inFlight: 0,
        queued: 0,
        limits: { maxHttp2Sessions: 10, maxHttp1Sockets: 100, maxStreamsPerSession: 100 },
      },
    ],
    totals: { requests: 1, connectionsOpened: 1, replays: 0, bytesReceived: 5 },
  });
});

test('an insecure transport warns once, by the name of the setting', () => {
  const warnings: string[] = [];
  const nothing = (): void => {};
  const logger = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (message: string) => void warnings.push(message),
  };
  createTransport({ tls: { insecure: true }, settingNames: { insecure: 'APP_INSECURE' }, logger });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('APP_INSECURE');
});
