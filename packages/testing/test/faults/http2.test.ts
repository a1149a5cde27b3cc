import { once } from 'node:events';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ManualClock, startConductorServer } from '../../src/index.ts';
import { codeOf, openHttp2, until } from '../call.ts';

const POLL = '/api/tasks/poll/batch/t?count=2&timeout=300';

describe.for([{ tls: false }, { tls: true }])('with tls: $tls', ({ tls }) => {
  test('a graceful GOAWAY lets running streams end, and then the connection', async () => {
    await using server = await startConductorServer({ http2: true, tls });
    using client = openHttp2(server);
    const codes: number[] = [];
    client.session.on('goaway', (code) => codes.push(code));
    const poll = client.call('GET', POLL);
    await until(() => server.counts().requests === 1, 'the poll arrives');
    const closed = once(client.session, 'close');
    server.faults.goaway();
    expect(await poll).toMatchObject({ status: 200, text: '[]' });
    await closed;
    expect(codes[0]).toBe(constants.NGHTTP2_NO_ERROR);
    await until(() => server.counts().connectionsOpen === 0, 'the connection is gone');
  });

  test('an abrupt GOAWAY carries its code and ends running streams', async () => {
    await using server = await startConductorServer({ http2: true, tls });
    using client = openHttp2(server);
    const poll = codeOf(client.call('GET', POLL));
    await until(() => server.counts().requests === 1, 'the poll arrives');
    const goaway = once(client.session, 'goaway');
    server.faults.goaway({ code: constants.NGHTTP2_ENHANCE_YOUR_CALM });
    expect((await goaway)[0]).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(await poll).toBeDefined();
  });

  test('a GOAWAY below a stream promises that it was not carried out; older ones end', async () => {
    await using server = await startConductorServer({ http2: true, tls });
    using client = openHttp2(server);
    const poll = client.call('GET', POLL);
    await until(() => server.counts().requests === 1, 'the poll arrives');
    server.faults.add({ times: 1, match: { method: 'POST' }, fault: { kind: 'goaway', covers: false } });
    const refused = codeOf(client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }]));
    expect([await refused, (await poll).status]).toEqual([`RST ${constants.NGHTTP2_REFUSED_STREAM}`, 200]);
    expect(server.received[1]).toMatchObject({ applied: false, outcome: 'stream-reset' });
    await until(() => server.counts().connectionsOpen === 0, 'the connection is gone');
  });
});

test.for([
  [undefined, undefined, constants.NGHTTP2_REFUSED_STREAM, false],
  [constants.NGHTTP2_INTERNAL_ERROR, undefined, constants.NGHTTP2_INTERNAL_ERROR, false],
  [constants.NGHTTP2_CANCEL, 'after-handling', constants.NGHTTP2_CANCEL, true],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, 'in-body', constants.NGHTTP2_ENHANCE_YOUR_CALM, true],
] as const)('RST_STREAM with code %s at %s ends only its stream', async ([code, at, expected, applied]) => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.add({ times: 1, fault: { kind: 'reset-stream', code, at } });
  expect(await codeOf(client.call('GET', '/health'))).toBe(`RST ${expected}`);
  expect(server.received[0]).toMatchObject({ outcome: 'stream-reset', applied });
  expect((await client.call('GET', '/health')).status).toBe(200);
  expect(server.counts().connectionsOpened).toBe(1);
});

test('streams that are refused are not carried out', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  const handle = server.faults.refuseStreams({ operation: 'metadata.registerTaskDefs', times: 2 });
  for (let count = 0; count < 2; count += 1) {
    expect(await codeOf(client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }]))).toBeDefined();
  }
  expect(server.counts().applied).toBe(0);
  expect((await client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }])).status).toBe(200);
  expect(handle.hits).toBe(2);
});

test('the number of streams can be lowered while the connection is open', async () => {
  await using server = await startConductorServer({ http2: true, maxConcurrentStreams: 7 });
  using client = openHttp2(server);
  await client.call('GET', '/health');
  expect(client.session.remoteSettings.maxConcurrentStreams).toBe(7);
  const changed = once(client.session, 'remoteSettings');
  server.faults.limitStreams(1);
  await changed;
  expect(client.session.remoteSettings.maxConcurrentStreams).toBe(1);
  using later = openHttp2(server);
  await later.call('GET', '/health');
  expect(later.session.remoteSettings.maxConcurrentStreams).toBe(1);
});

test('the switches pass over a session that is over while its connection is still open', async () => {
  await using server = await startConductorServer({ http2: true });
  const socket = connect({ host: '127.0.0.1', port: server.port, allowHalfOpen: true }).resume();
  const emptySettings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), emptySettings]));
  // The server's SETTINGS.
  await once(socket, 'data');
  const ended = once(socket, 'end');
  server.faults.goaway();
  await ended;
  expect(server.counts().connectionsOpen).toBe(1);
  server.faults.limitStreams(1);
  server.faults.goaway();
  server.faults.closeIdleConnections();
  socket.destroy();
  await until(() => server.counts().connectionsOpen === 0, 'the connection is gone');
});

test('many requests do not end an HTTP/2 connection, idleness does, with a GOAWAY', async () => {
  const clock = new ManualClock();
  await using server = await startConductorServer({ http2: true, clock, maxRequestsPerConnection: 3 });
  using client = openHttp2(server);
  for (let count = 0; count < 5; count += 1) expect((await client.call('GET', '/health')).status).toBe(200);
  expect(server.counts().connectionsOpened).toBe(1);
  const goaway = once(client.session, 'goaway');
  await until(() => server.connections()[0]?.idle === true, 'the last exchange ends');
  await clock.advance(60_000);
  expect((await goaway)[0]).toBe(constants.NGHTTP2_NO_ERROR);
});

test('the first stream of a connection is refused beside its GOAWAY', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.add({ fault: { kind: 'goaway', covers: false } });
  const closed = once(client.session, 'close');
  expect(await codeOf(client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }]))).toBe('RST 7');
  await closed;
  expect(server.counts().applied).toBe(0);
});

test.each([1, 10])(
  'a GOAWAY that does not cover stream %i of 20 in a burst takes none of the others back',
  async (nth) => {
    await using server = await startConductorServer({ http2: true });
    using client = openHttp2(server);
    await client.call('GET', '/health');
    server.faults.add({ match: { method: 'POST', nth }, fault: { kind: 'goaway', covers: false } });
    const closed = once(client.session, 'close');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        codeOf(client.call('POST', '/api/metadata/taskdefs', [{ name: `t${index}` }])),
      ),
    );
    const applied = server.received.filter(({ method, applied }) => method === 'POST' && applied);
    // What the client was told is not done, is not done; what is done, it was told.
    expect(outcomes.filter((code) => code === undefined)).toHaveLength(applied.length);
    expect(outcomes.filter((code) => code === `RST ${constants.NGHTTP2_REFUSED_STREAM}`)).toHaveLength(
      20 - applied.length,
    );
    expect(applied.length).toBe(19);
    await closed;
  },
);

test('on HTTP/1.1 a GOAWAY is the last answer of its connection', async () => {
  await using server = await startConductorServer();
  const { call } = await import('../call.ts');
  server.faults.add({ times: 1, fault: { kind: 'goaway' } });
  expect((await call(server, 'GET', '/health')).headers['connection']).toBe('close');
});

test('large answers that wait for their reader make the connection refuse no stream', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.answer(429, { body: 'x'.repeat(300_000) });
  const answers = await Promise.all(Array.from({ length: 60 }, () => client.call('GET', '/health')));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 429));
});

test('what comes after an abrupt GOAWAY is not carried out, however soon it comes', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  await client.call('GET', '/health');
  server.faults.goaway({ code: constants.NGHTTP2_ENHANCE_YOUR_CALM });
  const late = codeOf(client.call('POST', '/api/metadata/taskdefs', [{ name: 't' }]));
  expect(await late).toBeDefined();
  expect(server.counts().requests).toBe(1);
});
