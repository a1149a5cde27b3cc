import { once } from 'node:events';
import { Agent } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call, openHttp2, until } from '../call.ts';

describe.for([{ tls: false }, { tls: true }])('with tls: $tls', ({ tls }) => {
  test('an HTTP/2 connection in a black hole does not even answer a ping, and a new one works', async () => {
    await using server = await startConductorServer({ http2: true, tls });
    using lost = openHttp2(server);
    await lost.call('GET', '/health');
    server.faults.blackHole();
    let answered = false;
    lost.session.ping(() => (answered = true));
    const swallowed = lost.call('GET', '/health').catch(() => {});
    using other = openHttp2(server);
    expect((await other.call('GET', '/health')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([answered, lost.session.closed, server.counts().requests]).toEqual([false, false, 2]);
    await server.faults.clear();
    await swallowed;
    expect(answered).toBe(true);
    expect(server.counts().requests).toBe(3);
  });

  test('an answer that was on its way falls into it too', async () => {
    await using server = await startConductorServer({ tls });
    const agent = new Agent({ keepAlive: true });
    let answered = false;
    const options = { tls: tls ? { ca: server.ca } : {} };
    const poll = call(server, 'GET', '/api/tasks/poll/batch/t?count=2&timeout=50', undefined, options).then(
      () => (answered = true),
    );
    await until(() => server.counts().requests === 1, 'the poll arrives');
    server.faults.blackHole();
    await until(() => server.received[0]?.applied === true, 'the poll is over');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
    await server.faults.clear();
    await poll;
    agent.destroy();
  });
});

test('one request can take its connection into a black hole', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.add({ times: 1, match: { path: '/api/version' }, fault: { kind: 'black-hole' } });
  void client.call('GET', '/api/version').catch(() => {});
  await until(() => server.received[0]?.applied === true, 'it is handled');
  expect(server.received[0]?.outcome).toBe('pending');
  expect((await call(server, 'GET', '/health')).status).toBe(200);
});

test('a server in a black hole closes like any other', async () => {
  const server = await startConductorServer({ http2: true, tls: true });
  using client = openHttp2(server);
  await client.call('GET', '/health');
  server.faults.blackHole();
  const closed = once(client.session, 'close');
  await server.close();
  await closed;
  expect(server.counts().connectionsOpen).toBe(0);
});
