import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

test('each request is there with what came and what became of it', async () => {
  await using server = await startConductorServer();
  await call(server, 'POST', '/api/metadata/taskdefs?a=1', [{ name: 't' }]);
  await call(server, 'GET', '/api/tasks/nope');
  expect(server.received).toEqual([
    expect.objectContaining({
      id: 1,
      method: 'POST',
      path: '/api/metadata/taskdefs',
      query: 'a=1',
      operation: 'metadata.registerTaskDefs',
      body: '[{"name":"t"}]',
      bodyBytes: 14,
      protocol: 'HTTP/1.1',
      connection: 1,
      applied: true,
      status: 200,
      outcome: 'answered',
    }),
    expect.objectContaining({ id: 2, operation: 'task.get', applied: false, status: 404, connection: 2 }),
  ]);
  expect(server.counts()).toMatchObject({
    requests: 2,
    applied: 1,
    byOperation: { 'metadata.registerTaskDefs': 1, 'task.get': 1 },
  });
});

test('the log keeps the latest requests only, and only the beginning of a large body', async () => {
  await using server = await startConductorServer({ maxReceived: 3 });
  for (let count = 0; count < 5; count += 1) await call(server, 'GET', '/health');
  expect(server.received.map(({ id }) => id)).toEqual([3, 4, 5]);
  expect(server.counts().requests).toBe(5);
  await call(server, 'POST', '/api/nope', 'x'.repeat(100_000));
  expect(server.received.at(-1)).toMatchObject({ bodyBytes: 100_000 });
  expect(server.received.at(-1)?.body).toHaveLength(16_384);
});

test('credentials of any kind are masked', async () => {
  await using server = await startConductorServer();
  const headers = {
    authorization: 'Basic s3cret',
    cookie: 's3cret',
    'proxy-authorization': 's3cret',
    'x-authorization': 's3cret',
  };
  await call(server, 'POST', '/api/token', { keyId: 'k', keySecret: 's3cr"et' }, { headers });
  const log = JSON.stringify(server.received);
  expect(log).not.toMatch(/s3cr/);
});
