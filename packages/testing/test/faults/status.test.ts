import { expect, test } from 'vitest';
import { startConductorServer } from '../../src/index.ts';
import { call } from '../call.ts';

test('429 with Retry-After, as often as asked, and the request is not carried out', async () => {
  await using server = await startConductorServer();
  const handle = server.faults.answer(429, {
    operation: 'metadata.registerTaskDefs',
    times: 2,
    headers: { 'retry-after': '3' },
  });
  for (const status of [429, 429, 200]) {
    const reply = await call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }]);
    expect(reply.status).toBe(status);
    expect(reply.headers['retry-after']).toBe(status === 429 ? '3' : undefined);
  }
  expect(handle.hits).toBe(2);
  expect(server.counts().applied).toBe(1);
  expect(server.received[0]).toMatchObject({ faults: ['status'], applied: false, status: 429 });
});

test('without a body it is an error body like the server makes', async () => {
  await using server = await startConductorServer();
  server.faults.answer(503);
  const { text, headers } = await call(server, 'GET', '/health');
  expect(headers['content-type']).toBe('application/json');
  expect(JSON.parse(text)).toMatchObject({ status: 503, retryable: false });
});

test('with a body it is that body: text as it is, anything else as JSON', async () => {
  await using server = await startConductorServer();
  server.faults.answer(502, { times: 1, body: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } });
  server.faults.answer(500, { body: { retryable: true } });
  expect(await call(server, 'GET', '/health')).toMatchObject({
    status: 502,
    text: '<html>Bad gateway</html>',
    headers: { 'content-type': 'text/html' },
  });
  expect((await call(server, 'GET', '/health')).text).toBe('{"retryable":true}');
});

test('an error can hide that the request was carried out', async () => {
  await using server = await startConductorServer();
  server.faults.add({ fault: { kind: 'status', status: 504, applied: true } });
  expect((await call(server, 'POST', '/api/metadata/taskdefs', [{ name: 't' }])).status).toBe(504);
  expect(server.received[0]).toMatchObject({ applied: true, status: 504 });
});
