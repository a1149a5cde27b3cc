import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import {
  AmbiguousRequestError,
  type ClientOptions,
  type ConductorClient,
  ConductorSdkError,
  createConductorClient,
  noopLogger,
} from '../../src/index.ts';

const START = '/api/workflow';
const DEFINITION = {
  name: 'w',
  version: 1,
  timeoutSeconds: 0,
  tasks: [{ name: 't', taskReferenceName: 't', type: 'SIMPLE' }],
};

async function clientOf(server: ConductorTestServer, keys = keysOf(server)): Promise<ConductorClient> {
  const client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, logger: noopLogger, ...keys },
    undefined,
    { retry: { initialRetryDelay: 1, retryBudget: false } },
  );
  await client.metadata.registerWorkflowDef({ body: DEFINITION, overwrite: true });
  return client;
}

function keysOf(server: ConductorTestServer): { keyId?: string; keySecret?: string } {
  return server.keySecret === '' ? {} : { keyId: server.keyId, keySecret: server.keySecret };
}

function startBodies(server: ConductorTestServer): unknown[] {
  return server.received.filter(({ method, path }) => method === 'POST' && path === START).map(({ body }) => body);
}

test('a start whose answer is lost is not sent again: it says that it may have been processed', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  server.faults.loseAnswers({ method: 'POST', path: START });
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, () => client.workflow.start({ body: { name: 'w' } }).catch((error: unknown) => error)),
  );
  for (const error of outcomes) {
    expect(error).toBeInstanceOf(AmbiguousRequestError);
    expect(error).toBeInstanceOf(ConductorSdkError);
    expect(error).toMatchObject({
      code: 'AMBIGUOUS_REQUEST',
      mayHaveBeenProcessed: true,
      operation: 'workflow.start',
      pathTemplate: '/api/workflow',
      method: 'POST',
      attempts: 1,
      failures: [{ outcome: 'ambiguous' }],
    });
  }
  expect(server.engine.stats().workflowsStarted).toBe(100);
});

test('a read whose answer is lost is just read again', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  server.faults.loseAnswers({ method: 'GET', times: 2 });
  expect(await client.metadata.getTaskDefs()).toEqual([]);
  expect(client.stats()).toMatchObject({ retries: 2 });
});

test('on Orkes a start with a key is sent again with the same body and key, and happens once', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await clientOf(server);
  server.faults.loseAnswers({ method: 'POST', path: START, times: 2 });
  const workflowId = await client.workflow.start(
    { body: { name: 'w', input: { n: 1 } } },
    { idempotencyKey: 'order-7' },
  );
  expect(await client.workflow.get({ workflowId })).toMatchObject({ workflowId, input: { n: 1 } });
  expect(server.engine.stats().workflowsStarted).toBe(1);
  const bodies = startBodies(server);
  expect(bodies).toHaveLength(3);
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
});

test('on the open-source server, which ignores keys, a start with a key is sent once all the same', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  server.faults.loseAnswers({ method: 'POST', path: START, times: 1 });
  await expect(client.workflow.start({ body: { name: 'w' } }, { idempotencyKey: 'order-7' })).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
  });
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test('where nobody could say which server it is, a key does not make a start repeatable', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server, {});
  server.faults.resetConnections({ path: '/api/token' });
  server.faults.loseAnswers({ method: 'POST', path: START, times: 1 });
  await expect(client.workflow.start({ body: { name: 'w' } }, { idempotencyKey: 'order-7' })).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
  });
  expect(server.engine.stats().workflowsStarted).toBe(1);
  expect(client.serverFamily).toBe('unknown');
});

test('behind a gateway that refuses the question, a key does not make a start repeatable', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server, {});
  server.faults.answer(403, { path: '/api/token', body: { message: 'Missing Authentication Token' } });
  server.faults.loseAnswers({ method: 'POST', path: START, times: 2 });
  await expect(client.workflow.start({ body: { name: 'w' } }, { idempotencyKey: 'order-7' })).rejects.toMatchObject({
    code: 'AMBIGUOUS_REQUEST',
  });
  expect(server.engine.stats().workflowsStarted).toBe(1);
  expect(client.serverFamily).toBe('unknown');
});

test.each<[string, (client: ConductorClient) => Promise<unknown>]>([
  ['a path without braces', (client) => client.get({ url: '/api/tasks/poll/mail' })],
  ['a path with its query', (client) => client.get({ url: '/api/tasks/poll/batch/mail?count=5' })],
  [
    'a text in the query',
    (client) => client.put({ url: '/api/metadata/workflow', query: { newVersion: 'true' }, body: [] }),
  ],
  ['a method in lower case', (client) => client.request({ method: 'post', url: START, body: { name: 'w' } } as never)],
])('a request by %s is sent once where its operation may not be repeated', async (_, request) => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  const before = server.counts().requests;
  server.faults.loseAnswers({ times: 1 });
  await expect(request(client)).rejects.toMatchObject({ code: 'AMBIGUOUS_REQUEST' });
  expect(server.counts().requests - before).toBe(1);
});

test.each<[string, ClientOptions, (client: ConductorClient) => unknown]>([
  [
    'an interceptor of responses throws',
    {},
    (client) => client.interceptors.response.use(() => Promise.reject(new Error('mine'))),
  ],
  [
    'middleware throws afterwards',
    {
      middleware: (next) => async (call) => {
        await next(call);
        throw new Error('mine');
      },
    },
    () => undefined,
  ],
  [
    'the answer is lost, and an interceptor of errors gives one of its own',
    {},
    (client) => {
      client.interceptors.error.use((cause) => new Error('mine', { cause }));
      return 'lost';
    },
  ],
])('a task is handed back once where %s', async (_, options, prepare) => {
  await using server = await startConductorServer();
  await using client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, logger: noopLogger },
    undefined,
    options,
  );
  if (prepare(client) === 'lost') server.faults.loseAnswers({ path: '/api/tasks' });
  const body = { workflowInstanceId: 'w', taskId: 't', status: 'IN_PROGRESS' } as const;
  await expect(client.task.updateWithRetry({ body }, { sleep: () => Promise.resolve() })).rejects.toMatchObject({
    code: 'TASK_UPDATE_FAILED',
    attempts: 1,
  });
  expect(server.received.filter(({ path }) => path === '/api/tasks')).toHaveLength(1);
});

test('an interceptor that throws at an answer leaves a start in doubt', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  client.interceptors.response.use(() => Promise.reject(new Error('mine')));
  await expect(client.workflow.start({ body: { name: 'w' } })).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    mayHaveBeenProcessed: true,
    message: 'workflow.start failed: its answer was not taken',
    hint: expect.stringContaining('look before sending it again') as unknown,
  });
  expect(server.engine.stats().workflowsStarted).toBe(1);
});

test.each([500, 502, 504])(
  'a start that ends with %i may have been done: nothing calls it retryable',
  async (status) => {
    await using server = await startConductorServer();
    await using client = await clientOf(server);
    const fault = { kind: 'status', status, applied: true, body: { message: 'no', retryable: true } } as const;
    server.faults.add({ match: { path: START }, fault });
    const inDoubt = {
      retryable: false,
      mayHaveBeenProcessed: true,
      hint: expect.stringContaining('look before sending it again') as unknown,
    };
    await expect(client.workflow.start({ body: { name: 'w' } })).rejects.toMatchObject(inDoubt);
    expect(server.engine.stats().workflowsStarted).toBe(1);
  },
);

test.each<[string, number, (client: ConductorClient) => Promise<unknown>]>([
  ['a start that ends with 503', 503, (client) => client.workflow.start({ body: { name: 'w' } })],
  ['a read that ends with 502', 502, (client) => client.workflow.get({ workflowId: 'w' })],
])('%s may be made again', async (_, status, call) => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  server.faults.answer(status, { path: START, body: '' });
  const error: unknown = await call(client).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status, retryable: true });
  expect(error).not.toHaveProperty('mayHaveBeenProcessed');
});

test('the total limit counts the question which server it is', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  server.faults.stall({ path: '/api/token' });
  await using client = await createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger });
  await expect(
    client.workflow.start({ body: { name: 'w' } }, { idempotencyKey: 'order-7', totalTimeoutMs: 50 }),
  ).rejects.toMatchObject({ code: 'TOTAL_TIMEOUT', timeoutMs: 50, mayHaveBeenProcessed: false });
  expect(server.counts().byOperation['workflow.start']).toBeUndefined();
});

test('whoever asks for it gets the plain rule: every transport error is retried', async () => {
  await using server = await startConductorServer();
  await using client = await clientOf(server);
  server.faults.loseAnswers({ method: 'POST', path: START, times: 1 });
  await client.workflow.start({ body: { name: 'w' } }, { ambiguousWrites: 'retry' });
  expect(server.engine.stats().workflowsStarted).toBe(2);
});

test('the replay after an expired token carries the same body, key and headers', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  await using client = await clientOf(server);
  server.faults.expireTokens();
  await client.workflow.startByName(
    { name: 'w', body: { n: 1 } },
    { idempotencyKey: 'k-1', headers: { 'X-Trace': 'on' } },
  );
  const [first, second] = server.received.filter(({ path }) => path.startsWith('/api/workflow/w'));
  const shown = ({ body, headers }: NonNullable<typeof first>): unknown => [
    body,
    headers['content-type'],
    headers['x-idempotency-key'],
    headers['x-on-conflict'],
    headers['x-trace'],
  ];
  expect(first && shown(first)).toEqual(second && shown(second));
  expect(second?.headers['x-idempotency-key']).toBe('k-1');
  expect(client.stats().tokenMints).toBe(2);
});

test('what cannot have been sent is sent again, whatever the operation', async () => {
  await using server = await startConductorServer();
  server.engine.metadata.createWorkflowDef(DEFINITION, {});
  let listening: Promise<void> | undefined;
  await using client = await createConductorClient(
    { serverUrl: server.url, useEnvVars: false, logger: noopLogger },
    undefined,
    { retry: { initialRetryDelay: 50, onRetry: () => void (listening ??= server.faults.acceptConnections()) } },
  );
  server.faults.refuseConnections();
  expect(await client.workflow.start({ body: { name: 'w' } })).toMatch(/^[\w-]{36}$/);
  await listening;
  expect(client.stats().retries).toBeGreaterThan(0);
  expect(server.engine.stats().workflowsStarted).toBe(1);
});
