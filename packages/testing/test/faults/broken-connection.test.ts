import { Agent } from 'node:http';
import { describe, expect, test } from 'vitest';
import { type Moment, startConductorServer } from '../../src/index.ts';
import { call, codeOf, openHttp2, until } from '../call.ts';

const register = ['POST', '/api/metadata/taskdefs', [{ name: 't' }]] as const;

describe.for([
  { name: 'HTTP/1.1', options: {} },
  { name: 'HTTP/1.1 over TLS', options: { tls: true } },
])('$name', ({ options }) => {
  test.for<[Moment, boolean]>([
    ['before-reading', false],
    ['before-handling', false],
    ['after-handling', true],
    ['in-body', true],
  ])('a reset %s is ECONNRESET to the caller, and applied is %s', async ([at, applied]) => {
    await using server = await startConductorServer(options);
    server.faults.resetConnections({ at, times: 1 });
    const tls = 'tls' in options ? { ca: server.ca } : {};
    expect(await codeOf(call(server, ...register, { tls }))).toBe('ECONNRESET');
    expect(server.received[0]).toMatchObject({ applied, outcome: 'reset', faults: ['reset'] });
    expect((await call(server, ...register, { tls })).status).toBe(200);
  });

  test('a close in place of an answer is the end of the connection without one', async () => {
    await using server = await startConductorServer(options);
    server.faults.add({ times: 1, fault: { kind: 'close', at: 'after-handling' } });
    const tls = 'tls' in options ? { ca: server.ca } : {};
    expect(await codeOf(call(server, ...register, { tls }))).toBe('ECONNRESET');
    expect(server.received[0]).toMatchObject({ applied: true, outcome: 'closed' });
  });
});

test('lost answers were carried out', async () => {
  await using server = await startConductorServer();
  server.faults.loseAnswers({ operation: 'metadata.registerTaskDefs', nth: 2 });
  expect((await call(server, ...register)).status).toBe(200);
  expect(await codeOf(call(server, ...register))).toBe('ECONNRESET');
  expect((await call(server, ...register)).status).toBe(200);
  expect(server.counts().applied).toBe(3);
});

test('on HTTP/2 a reset takes every stream of the connection with it', async () => {
  await using server = await startConductorServer({ http2: true });
  using client = openHttp2(server);
  server.faults.resetConnections({ path: '/health', at: 'after-handling' });
  const poll = codeOf(client.call('GET', '/api/tasks/poll/batch/t?count=2&timeout=5000'));
  await until(() => server.counts().requests === 1, 'the poll arrives');
  expect(await codeOf(client.call('GET', '/health'))).toBeDefined();
  expect(await poll).toBeDefined();
  expect(server.received[1]).toMatchObject({ outcome: 'reset', applied: true });
});

test('idle connections can be closed under a caller that keeps them, busy ones stay', async () => {
  await using server = await startConductorServer();
  const agent = new Agent({ keepAlive: true });
  await call(server, 'GET', '/health', undefined, { agent });
  const poll = call(server, 'GET', '/api/tasks/poll/batch/t?count=2&timeout=300');
  await until(() => server.counts().requests === 2, 'the poll arrives');
  server.faults.closeIdleConnections();
  await until(() => server.counts().connectionsOpen === 1, 'the idle one is gone');
  expect((await poll).status).toBe(200);
  expect((await call(server, 'GET', '/health', undefined, { agent })).status).toBe(200);
  agent.destroy();
});
