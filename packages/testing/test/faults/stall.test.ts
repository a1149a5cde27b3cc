import { expect, test } from 'vitest';
import { ManualClock, startConductorServer } from '../../src/index.ts';
import { call, codeOf, openHttp2, until } from '../call.ts';

test.for([
  ['before-reading', false],
  ['before-handling', false],
  ['after-handling', true],
] as const)('a stall %s gives no answer at all, and applied is %s', async ([at, applied]) => {
  await using server = await startConductorServer();
  server.faults.stall({ at, times: 1 });
  const caller = new AbortController();
  const reply = codeOf(call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }], { signal: caller.signal }));
  await until(() => server.received[0]?.outcome === 'stalled', 'the stall');
  expect((await call(server, 'GET', '/health')).status).toBe(200);
  expect(server.received[0]?.applied).toBe(applied);
  caller.abort();
  expect(await reply).toBe('ABORT_ERR');
});

test('a stall in the body comes after the head and half of the body', async () => {
  await using server = await startConductorServer();
  server.faults.stall({ at: 'in-body' });
  const response = await fetch(`${server.url}/health`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toBe('{"healthResults":[],"suppressedH');
  expect(server.received[0]).toMatchObject({ outcome: 'stalled', applied: true });
  await reader.cancel();
});

test('a stalled stream leaves the others of its HTTP/2 connection alone', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.stall({ path: '/api/version' });
  void codeOf(client.call('GET', '/api/version'));
  await until(() => server.counts().requests === 1, 'the first arrives');
  expect((await client.call('GET', '/health')).status).toBe(200);
  expect(server.counts().connectionsOpened).toBe(1);
});

test('a delayed request is handled when the clock says so', async () => {
  const clock = new ManualClock();
  await using server = await startConductorServer({ clock });
  server.faults.delay(30_000, { method: 'post' });
  const reply = call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }]);
  await until(() => server.counts().requests === 1, 'it arrives');
  await clock.advance(29_999);
  expect(server.counts().applied).toBe(0);
  await clock.advance(1);
  expect((await reply).status).toBe(200);
});

test('a request whose caller leaves during a delay is carried out all the same', async () => {
  await using server = await startConductorServer();
  server.faults.delay(60_000);
  const caller = new AbortController();
  const reply = codeOf(call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }], { signal: caller.signal }));
  await until(() => server.received[0]?.bodyBytes === 14, 'it arrives');
  caller.abort();
  await reply;
  await until(() => server.received[0]?.outcome === 'gone', 'the server goes on without the caller');
  expect(server.received[0]?.applied).toBe(true);
});

test('a body that never arrives whole is not carried out', async () => {
  await using server = await startConductorServer();
  const { connect } = await import('node:net');
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    'POST /api/metadata/taskdefs HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n[]',
  );
  await until(() => server.counts().requests === 1, 'the head arrives');
  socket.destroy();
  await until(() => server.received[0]?.outcome === 'gone', 'the server notices');
  expect(server.received[0]?.applied).toBe(false);
});
