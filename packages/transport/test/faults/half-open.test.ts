import { startRelay } from '@conductor-ts/sockets';
import { expect, test } from 'vitest';
import { createTransport } from '../../src/index.ts';
import { FRAME, startFrames } from '../servers/http2-frames.ts';
import { startHttp1, startHttp2 } from '../servers/http-servers.ts';

const SHORT = { http2: 'prior-knowledge', pingIntervalMs: 60, pingTimeoutMs: 60 } as const;
/** Long enough for a busy machine to come to the silence: before it the probes must be answered. */
const PATIENT = { http2: 'prior-knowledge', pingIntervalMs: 1_000, pingTimeoutMs: 1_000 } as const;

test('a connection that was forgotten on the way is found out, and the next call uses a new one', async () => {
  let hang = true;
  await using server = await startHttp2((stream) => {
    if (hang) return;
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await using relay = await startRelay(server.port);
  await using transport = createTransport(PATIENT);
  const url = `http://127.0.0.1:${relay.port}/`;
  const lost = transport.fetch(url, { method: 'POST', body: 'x' });
  await expect.poll(() => server.sessions.size).toBe(1);
  relay.swallow();
  await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_SILENT', requestSent: 'unknown', timeoutMs: 1_000 });
  hang = false;
  expect(await (await transport.fetch(url)).text()).toBe('ok');
  expect(relay.accepted).toBe(2);
});

test('a long poll on a healthy connection outlives many probes', async () => {
  let answer = (): void => {};
  let pings = 0;
  await using server = await startHttp2((stream) => {
    stream.session?.on('ping', () => (pings += 1));
    answer = () => {
      stream.respond({ ':status': 200 });
      stream.end('late');
    };
  });
  await using transport = createTransport(SHORT);
  const poll = transport.fetch(server.url);
  await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(3);
  answer();
  expect(await (await poll).text()).toBe('late');
});

test('a connection that goes silent while it drains is found out as well', async () => {
  await using server = await startHttp2((stream) => stream.session?.close());
  await using relay = await startRelay(server.port);
  await using transport = createTransport(PATIENT);
  const lost = transport.fetch(`http://127.0.0.1:${relay.port}/`);
  await expect.poll(() => transport.stats().origins[0]?.sessions).toBe(1);
  await expect
    .poll(() => server.sessions.size === 1 && [...server.sessions].every((session) => session.closed))
    .toBe(true);
  relay.swallow();
  await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_SILENT' });
});

test('a healthy connection that drains for long is left alone', async () => {
  let answer = (): void => {};
  let acknowledged = 0;
  await using server = await startHttp2((stream) => {
    stream.session?.on('remoteSettings', () => (acknowledged += 1));
    stream.session?.close();
    answer = () => {
      stream.respond({ ':status': 200 });
      stream.end('late');
    };
  });
  await using transport = createTransport(SHORT);
  const poll = transport.fetch(server.url);
  // Probes of a draining connection are SETTINGS frames.
  await expect.poll(() => acknowledged, { timeout: 10_000 }).toBeGreaterThan(2);
  answer();
  expect(await (await poll).text()).toBe('late');
});

test('a connection that died while idle is found out in the grace time of the first call', async () => {
  await using server = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await using relay = await startRelay(server.port);
  await using transport = createTransport({ ...SHORT, pingIntervalMs: 20, keepAliveTimeoutMs: 60_000 });
  const url = `http://127.0.0.1:${relay.port}/`;
  await (await transport.fetch(url)).text();
  relay.swallow();
  await new Promise((resolve) => setTimeout(resolve, 40));
  await expect(transport.fetch(url, { method: 'POST' })).rejects.toMatchObject({
    code: 'CONNECTION_SILENT',
    requestSent: 'unknown',
  });
  expect(await (await transport.fetch(url)).text()).toBe('ok');
});

test('an event loop that was blocked is not taken for a dead connection', async () => {
  await using server = await startHttp2((stream) => {
    setTimeout(() => {
      stream.respond({ ':status': 200 });
      stream.end('ok');
    }, 50);
  });
  // No probe is out when it begins: the server here is blocked as well, and could not answer it in time.
  await using transport = createTransport({ ...SHORT, pingIntervalMs: 200, pingTimeoutMs: 30 });
  const call = transport.fetch(server.url);
  await expect.poll(() => server.sessions.size).toBe(1);
  const until = performance.now() + 400;
  while (performance.now() < until);
  expect(await (await call).text()).toBe('ok');
});

test('an idle session is closed, and the next call opens another', async () => {
  await using server = await startHttp2((stream) => {
    stream.respond({ ':status': 200 });
    stream.end('ok');
  });
  await using transport = createTransport({ http2: 'prior-knowledge', keepAliveTimeoutMs: 20 });
  await (await transport.fetch(server.url)).text();
  await expect.poll(() => server.sockets.size).toBe(0);
  expect(transport.stats().origins[0]?.sessions).toBe(0);
  expect(await (await transport.fetch(server.url)).text()).toBe('ok');
});

test('a session that the server has ended is closed although the server keeps its side open', async () => {
  await using server = await startFrames((connection, streamId) => {
    connection.socket.allowHalfOpen = true;
    // `:status: 200` with END_STREAM.
    connection.send(FRAME.headers, 0x5, streamId, Buffer.from([0x88]));
    connection.goaway(streamId, 0);
  });
  await using transport = createTransport({ http2: 'prior-knowledge', keepAliveTimeoutMs: 40 });
  for (let count = 0; count < 3; count += 1) await (await transport.fetch(server.url)).text();
  await expect.poll(() => transport.stats().origins[0]?.sessions).toBe(0);
});

test('an old session takes no new calls and finishes those it has', async () => {
  const open: (() => void)[] = [];
  await using server = await startHttp2((stream, headers) => {
    const answer = (): void => {
      stream.respond({ ':status': 200 });
      stream.end('ok');
    };
    if (headers[':path'] === '/poll') open.push(answer);
    else answer();
  });
  await using transport = createTransport({ http2: 'prior-knowledge', maxConnectionAgeMs: 500 });
  const poll = transport.fetch(`${server.url}/poll`);
  await expect.poll(() => open.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await (await transport.fetch(server.url)).text()).toBe('ok');
  expect(server.accepted).toBe(2);
  open[0]?.();
  expect(await (await poll).text()).toBe('ok');
});

test('an old HTTP/1.1 socket takes no new calls and finishes the one it has', async () => {
  const open: (() => void)[] = [];
  await using server = await startHttp1((request, response) => {
    if (request.url === '/poll') open.push(() => response.end('ok'));
    else response.end('ok');
  });
  await using transport = createTransport({ maxConnectionAgeMs: 500 });
  const poll = transport.fetch(`${server.url}/poll`);
  await (await transport.fetch(server.url)).text();
  await expect.poll(() => open.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await (await transport.fetch(server.url)).text();
  expect(server.accepted).toBe(3);
  open[0]?.();
  expect(await (await poll).text()).toBe('ok');
});
