import { expect, test } from 'vitest';
import { type ConductorTestServer, startConductorServer } from '../../src/index.ts';
import { type Reply, call, openHttp2 } from '../call.ts';

const definition = {
  name: 'greet',
  version: 1,
  ownerEmail: 'a@b.test',
  tasks: [{ name: 'set', taskReferenceName: 's', type: 'SET_VARIABLE', inputParameters: { a: 1 } }],
  outputParameters: { who: '${workflow.input.who}' },
};

test('a start with the same idempotency key gives the same execution', async () => {
  await using server = await orkes();
  const start = (key: string): Promise<Reply> =>
    ask(server, 'POST', '/api/workflow/greet', {}, { 'x-idempotency-key': key, 'x-on-conflict': 'RETURN_EXISTING' });
  const [first, again, other] = [await start('k1'), await start('k1'), await start('k2')];
  expect(again.text).toBe(first.text);
  expect(other.text).not.toBe(first.text);
  expect(server.engine.stats().workflowsStarted).toBe(2);
});

test('the open-source server takes no notice of the key', async () => {
  await using server = await startConductorServer();
  server.engine.metadata.createWorkflowDef(definition);
  const headers = { 'x-idempotency-key': 'k1', 'x-on-conflict': 'RETURN_EXISTING' };
  const first = await call(server, 'POST', '/api/workflow/greet', {}, { headers });
  const again = await call(server, 'POST', '/api/workflow/greet', {}, { headers });
  expect(again.text).not.toBe(first.text);
});

test('a start by name and version, and an execution as an API that answers with the output', async () => {
  await using server = await orkes();
  expect((await ask(server, 'POST', '/api/workflow/start/greet/1', {})).headers['content-type']).toBe(
    'text/plain;charset=UTF-8',
  );
  const executed = await ask(server, 'POST', '/api/workflow/execute/greet', { who: 'you' }, { waitforseconds: '2' });
  expect([executed.status, JSON.parse(executed.text)]).toEqual([200, { who: 'you' }]);
  expect((await ask(server, 'GET', '/api/workflow/execute/greet')).status).toBe(200);
  expect(server.engine.stats().workflowsStarted).toBe(3);
});

test('a workflow runs to its end over TLS and HTTP/2', async () => {
  await using server = await startConductorServer({ tls: true, http2: true });
  using client = openHttp2(server);
  const tasks = [{ name: 'work', taskReferenceName: 'w', type: 'SIMPLE', inputParameters: {} }];
  expect((await client.call('POST', '/api/metadata/workflow', { ...definition, tasks })).status).toBe(200);
  const { text: workflowInstanceId } = await client.call('POST', '/api/workflow/greet', { who: 'you' });
  const [task] = JSON.parse((await client.call('GET', '/api/tasks/poll/batch/work?count=1')).text);
  const done = { workflowInstanceId, taskId: task.taskId, status: 'COMPLETED' };
  expect((await client.call('POST', '/api/tasks', done)).text).toBe(task.taskId);
  const { text } = await client.call('GET', `/api/workflow/${workflowInstanceId}`);
  expect(JSON.parse(text)).toMatchObject({ status: 'COMPLETED', output: { who: 'you' } });
});

async function orkes(): Promise<ConductorTestServer> {
  const server = await startConductorServer({ mode: 'orkes' });
  server.engine.metadata.createWorkflowDef(definition);
  return server;
}

const ask = (
  server: ConductorTestServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> =>
  call(server, method, path, body, { headers: { 'x-authorization': server.tokens.mint(), ...headers } });
