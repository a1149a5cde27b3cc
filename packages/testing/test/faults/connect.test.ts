import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call, codeOf, exchangeBytes, openHttp2, until } from '../call.ts';

test('connections are reset or closed as they are accepted, as often as asked', async () => {
  await using server = await startConductorServer();
  const reset = server.faults.onConnect('reset', { times: 2 });
  const closed = server.faults.onConnect('close', { times: 1 });
  for (let count = 0; count < 3; count += 1) expect(await codeOf(call(server, 'GET', '/health'))).toBe('ECONNRESET');
  expect((await call(server, 'GET', '/health')).status).toBe(200);
  expect([reset.hits, closed.hits, server.counts().requests]).toEqual([2, 1, 1]);
});

test('a connection can be accepted and never spoken to, over TLS as well', async () => {
  await using server = await startConductorServer({ tls: true });
  server.faults.onConnect('silent', { nth: 1 });
  const caller = new AbortController();
  const tls = { ca: server.ca };
  const silent = codeOf(call(server, 'GET', '/health', undefined, { tls, signal: caller.signal }));
  await until(() => server.counts().connectionsOpen === 1, 'it is accepted');
  expect((await call(server, 'GET', '/health', undefined, { tls })).status).toBe(200);
  caller.abort();
  expect(await silent).toBe('ABORT_ERR');
});

test('another protocol may speak first', async () => {
  await using server = await startConductorServer();
  server.faults.onConnect('garbage');
  expect(await exchangeBytes(server.port, '')).toBe('SSH-2.0-OpenSSH_9.9\r\n');
});

test('refused connections come from the operating system, and open ones go on', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  await client.call('GET', '/health');
  server.faults.refuseConnections();
  expect(await codeOf(call(server, 'GET', '/health'))).toBe('ECONNREFUSED');
  expect((await client.call('GET', '/health')).status).toBe(200);
  await server.faults.acceptConnections();
  expect((await call(server, 'GET', '/health')).status).toBe(200);
});

test('a restart resets every connection, comes back on its port, and remembers everything', async () => {
  await using server = await startConductorServer();
  const { port } = server;
  await call(server, 'POST', '/api/metadata/taskdefs', [{ name: 'kept', ownerEmail: 'a@b.test' }]);
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  await until(() => server.counts().connectionsOpen > 0, 'it is accepted');
  const ended = once(socket, 'error');
  await server.faults.restart({ downMs: 5 });
  expect((await ended)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(server.port).toBe(port);
  expect((await call(server, 'GET', '/api/metadata/taskdefs/kept')).status).toBe(200);
});

test('restarting over and over leaves nothing behind', async () => {
  await using server = await startConductorServer({ http2: true });
  for (let count = 0; count < 20; count += 1) {
    using client = openHttp2(server);
    await client.call('GET', '/health');
    await server.faults.restart();
  }
  await until(() => server.counts().connectionsOpen === 0, 'all are gone');
});
