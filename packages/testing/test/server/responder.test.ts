import { expect, test } from 'vitest';
import { requestRules } from '../../src/generated/request-rules.gen.ts';
import { type ConductorTestServer, startConductorServer } from '../../src/index.ts';
import { type Reply, call } from '../call.ts';

test('an operation that only Orkes has is checked and answered in Orkes mode', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const created = await asOrkes(server, 'POST', '/api/applications', { name: 'app' });
  expect([created.status, JSON.parse(created.text)]).toEqual([200, expect.any(Object)]);
  expect(server.received.at(-1)).toMatchObject({ operation: 'application.create', applied: true, status: 200 });
});

test('a wrong request is a 400 that says all that is wrong with it', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const { status, text } = await asOrkes(server, 'POST', '/api/applications', [1]);
  expect([status, JSON.parse(text)]).toMatchObject([
    400,
    { status: 400, message: 'application.create: The body must be a JSON object.', retryable: false },
  ]);
  expect(server.received.at(-1)?.applied).toBe(false);
});

test('it needs a token as any other operation does', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  expect((await call(server, 'POST', '/api/applications', { name: 'app' })).status).toBe(401);
});

test('with responder none, what is not run is not there', async () => {
  await using server = await startConductorServer({ mode: 'orkes', responder: 'none' });
  expect((await asOrkes(server, 'POST', '/api/applications', { name: 'app' })).status).toBe(404);
});

test('with responder all, nothing is carried out and every operation of both servers is answered', async () => {
  await using server = await startConductorServer({ responder: 'all' });
  const started = await call(server, 'POST', '/api/workflow', { name: 'unknown' });
  expect([started.status, server.engine.stats().workflowsStarted]).toEqual([200, 0]);
  expect((await call(server, 'GET', '/api/applications/a%2Fb')).status).toBe(200);
  expect((await call(server, 'POST', '/api/workflow', [])).status).toBe(400);
});

test('what only Orkes has is answered in OSS mode as the open-source server does', async () => {
  await using server = await startConductorServer();
  const answers: Record<string, string[]> = {};
  for (const { method, path, operation } of requestRules.filter(({ server }) => server === 'orkes')) {
    const { status, headers } = await call(server, method, path.replaceAll(/\{\w+\}/g, '1'));
    const kind = `${status} ${headers['content-type'] ?? 'nothing'}`;
    if (kind !== '404 application/json') (answers[kind] ??= []).push(operation);
  }
  expect(answers).toEqual({
    // A wider path of the server knows other methods.
    '405 application/json': [
      'environment.save',
      'environment.delete',
      'event.handleIncoming',
      'scheduler.pauseByGet',
      'scheduler.resumeByGet',
      'tag.getWorkflowTags',
      'tag.addWorkflowTag',
      'tag.setWorkflowTags',
    ],
    // Or takes the request for another one.
    '500 application/json': ['tag.deleteWorkflowTag'],
    '200 application/json': ['event.listActive', 'event.listWithCounts'],
    '404 nothing': ['secret.clearLocalCache', 'secret.clearRedisCache'],
    // Outside /api the web interface answers.
    '200 text/html': ['webhook.sendByGet'],
  });
});

test('a responder that there is not is refused', async () => {
  await expect(startConductorServer({ responder: 'some' as 'all' })).rejects.toThrow(/^responder: 'some' is none/);
});

const asOrkes = (server: ConductorTestServer, method: string, path: string, body?: unknown): Promise<Reply> =>
  call(server, method, path, body, { headers: { 'x-authorization': server.tokens.mint() } });
