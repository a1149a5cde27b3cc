import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { ManualClock, startConductorServer } from '../../src/index.ts';
import { call, codeOf, exchangeBytes, openHttp2, until } from '../call.ts';

const ask = 'GET /health HTTP/1.1\r\nHost: a\r\n\r\n';
const whole = '{"healthResults":[],"suppressedHealthResults":[],"healthy":true}';

test('a truncated answer promises more than it sends', async () => {
  await using server = await startConductorServer();
  server.faults.truncateAnswers();
  const raw = await exchangeBytes(server.port, ask);
  expect(raw).toContain(`content-length: ${whole.length}`);
  expect(raw.split('\r\n\r\n')[1]).toBe(whole.slice(0, whole.length / 2));
  expect(server.received[0]).toMatchObject({ outcome: 'truncated', applied: true, status: 200 });
});

test('over TLS the same half arrives', async () => {
  await using server = await startConductorServer({ tls: true });
  server.faults.truncateAnswers();
  const socket = connectTls({ port: server.port, host: '127.0.0.1', ca: server.ca }, () => socket.write(ask));
  let raw = '';
  for await (const chunk of socket) raw += String(chunk);
  expect(raw.split('\r\n\r\n')[1]).toBe(whole.slice(0, whole.length / 2));
});

test('how much is sent can be said, and an empty answer can be truncated too', async () => {
  await using server = await startConductorServer();
  server.faults.add({ times: 1, fault: { kind: 'truncate', bytes: 3 } });
  expect((await exchangeBytes(server.port, ask)).split('\r\n\r\n')[1]).toBe('{"h');
  server.faults.truncateAnswers();
  expect(await codeOf(call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }]))).toBe('ECONNRESET');
});

test('framed by the close of the connection, nothing tells that something is missing', async () => {
  await using server = await startConductorServer();
  server.faults.add({ fault: { kind: 'truncate', bytes: 5, framing: 'close' } });
  expect(await call(server, 'GET', '/health')).toMatchObject({
    status: 200,
    text: whole.slice(0, 5),
    headers: { connection: 'close' },
  });
});

test('on HTTP/2 the stream ends short of its content-length', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.truncateAnswers({ times: 1 });
  expect(await codeOf(client.call('GET', '/health'))).toBeDefined();
  server.faults.add({ times: 1, fault: { kind: 'truncate', bytes: 5, framing: 'close' } });
  expect((await client.call('GET', '/health')).text).toBe(whole.slice(0, 5));
  expect((await client.call('GET', '/health')).text).toBe(whole);
});

test('a dripping answer comes byte by byte as the clock moves on, and is whole in the end', async () => {
  const clock = new ManualClock();
  await using server = await startConductorServer({ clock });
  server.faults.add({ fault: { kind: 'drip', bytes: 16, everyMs: 10_000 } });
  let done = false;
  const reply = call(server, 'GET', '/health').finally(() => (done = true));
  await until(() => server.received[0]?.status === 200, 'the answer begins');
  for (let part = 0; part < whole.length / 16; part += 1) {
    expect(done).toBe(false);
    await clock.advance(10_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect((await reply).text).toBe(whole);
});

test('an endless answer goes on until the caller leaves', async () => {
  await using server = await startConductorServer();
  server.faults.add({ fault: { kind: 'endless-body' } });
  const caller = new AbortController();
  let bytes = 0;
  const response = await fetch(`${server.url}/health`, { signal: caller.signal });
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > 1_000_000) break;
  }
  caller.abort();
  await until(() => server.received[0]?.outcome === 'gone', 'the server notices');
  expect(bytes).toBeGreaterThan(1_000_000);
});

test('garbage stands in place of an answer, and can be any malformed response', async () => {
  await using server = await startConductorServer();
  server.faults.add({ times: 1, fault: { kind: 'garbage' } });
  expect(await exchangeBytes(server.port, ask)).toBe('SSH-2.0-OpenSSH_9.9\r\n');
  const bytes = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}';
  server.faults.add({ fault: { kind: 'garbage', bytes, at: 'after-handling' } });
  expect(await codeOf(call(server, 'GET', '/health'))).toMatch(/^HPE_/);
  expect(server.received.map(({ outcome, applied }) => [outcome, applied])).toEqual([
    ['garbled', false],
    ['garbled', true],
  ]);
});
