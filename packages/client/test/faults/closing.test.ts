import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ConductorTestServer, startConductorServer } from '@conductor-ts/testing';
import { expect, test } from 'vitest';
import {
  ClientClosedError,
  type ClientOptions,
  type ConductorClient,
  createConductorClient,
  type Middleware,
  noopLogger,
  type RequestConfig,
  workflowGet,
} from '../../src/index.ts';

const open = (url: string, keys: { keyId?: string; keySecret?: string } = {}): Promise<ConductorClient> =>
  createConductorClient({ serverUrl: url, useEnvVars: false, logger: noopLogger, ...keys });

/** Resolves when the server has received a request for this path. */
async function received(server: { received: readonly { path: string }[] }, path: string): Promise<void> {
  while (!server.received.some((request) => request.path.startsWith(path))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('an idle client closes at once and takes no more calls', async () => {
  await using server = await startConductorServer();
  const client = await open(server.url);
  await client.metadata.getTaskDefs();
  await client.close();
  const call = client.metadata.getTaskDefs();
  await expect(call).rejects.toBeInstanceOf(ClientClosedError);
  await expect(call).rejects.toMatchObject({
    code: 'CLIENT_CLOSED',
    operation: 'metadata.getTaskDefs',
    mayHaveBeenProcessed: false,
  });
  expect(server.counts().byOperation['metadata.getTaskDefs'] ?? server.counts().requests).toBe(1);
});

test('a call in flight may finish while the client closes, a new one is refused', async () => {
  await using server = await startConductorServer();
  const client = await open(server.url);
  const poll = client.task.pollBatch({ tasktype: 't', timeout: 300 });
  await received(server, '/api/tasks/poll/batch');
  const closing = client.close();
  await expect(client.health.check()).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
  expect(await poll).toEqual([]);
  await closing;
});

test('a call that does not end in time is ended, each with an error of its own', async () => {
  await using server = await startConductorServer();
  server.faults.stall({ path: '/api/metadata' });
  const client = await open(server.url);
  const calls = [
    client.metadata.getTaskDefs(),
    client.metadata.getTaskDefs({}, { signal: new AbortController().signal }),
  ].map((call) => call.catch((error: unknown) => error));
  await received(server, '/api/metadata');
  await client.close({ timeoutMs: 20 });
  const [first, second] = await Promise.all(calls);
  for (const error of [first, second]) {
    expect(error).toBeInstanceOf(ClientClosedError);
    expect(error).toMatchObject({ mayHaveBeenProcessed: true, pathTemplate: '/api/metadata/taskdefs' });
  }
  expect(first).not.toBe(second);
});

test.each<[string, Middleware]>([
  ['hands the answer on', (next) => async (call) => await next(call)],
  [
    'does more after the answer',
    (next) => async (call) => {
      const result = await next(call);
      await nextTurn();
      return result;
    },
  ],
  [
    'has not sent the call yet',
    (next) => async (call) => {
      await nextTurn();
      return next(call);
    },
  ],
])('closing lets a call end whose middleware %s', async (_, middleware) => {
  await using server = await startConductorServer();
  const settings = { serverUrl: server.url, useEnvVars: false, logger: noopLogger } as const;
  const client = await createConductorClient(settings, undefined, { middleware });
  const call = client.metadata.getTaskDefs();
  const closing = client.close();
  expect(await call).toEqual([]);
  await closing;
  expect(client.stats()).toMatchObject({ calls: 1, inFlight: 0 });
});

test('a call under middleware that fails while the client closes neither waits for its limit nor ends the process', async () => {
  await using server = await startConductorServer();
  const settings = { serverUrl: server.url, useEnvVars: false, logger: noopLogger } as const;
  const middleware: Middleware = (next) => async (call) => await next(call);
  const client = await createConductorClient(settings, undefined, { middleware });
  const call = client.workflow.get({ workflowId: 'none' });
  // Only the last call of all could end it before.
  await client.close({ timeoutMs: Infinity });
  await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('closing twice is closing once', async () => {
  await using server = await startConductorServer();
  const client = await open(server.url);
  await client.metadata.getTaskDefs();
  const first = client.close();
  expect(client.close({ timeoutMs: 0 })).toBe(first);
  await first;
  await client[Symbol.asyncDispose]();
});

test('a call in backoff does not hold the client up beyond the limit', async () => {
  await using server = await startConductorServer();
  server.faults.answer(429, { headers: { 'retry-after': '50' } });
  const client = await open(server.url);
  const call = client.metadata.getTaskDefs().catch((error: unknown) => error);
  await received(server, '/api/metadata');
  await client.close({ timeoutMs: 10 });
  expect(await call).toMatchObject({ code: 'CLIENT_CLOSED' });
});

test('a call that waits for a token does not hold the client up beyond the limit', async () => {
  await using server = await startConductorServer({ mode: 'orkes' });
  const client = await open(server.url, { keyId: server.keyId, keySecret: server.keySecret });
  server.faults.stall({ path: '/api/token' });
  server.faults.expireTokens();
  const call = client.metadata.getTaskDefs().catch((error: unknown) => error);
  await received(server, '/api/metadata');
  await client.close({ timeoutMs: 50 });
  expect(await call).toMatchObject({ code: 'CLIENT_CLOSED' });
});

const silent = (): Promise<Response> => Promise.resolve(new Response(new ReadableStream(), { status: 400 }));
const NEVER_ENDING: [string, ClientOptions, RequestConfig][] = [
  ['middleware', { middleware: () => () => new Promise(() => undefined) }, {}],
  ['a fetch of the settings', {}, { fetch: () => new Promise(() => undefined) }],
  ['the body of a refusal', {}, { fetch: silent }],
  ['what parses', { parseJson: () => new Promise(() => undefined) }, {}],
];

test.each(NEVER_ENDING)(
  '%s that never ends holds no call beyond the end of the client, its signal and its time',
  async (_, options, config) => {
    await using server = await startConductorServer();
    const settings = { serverUrl: server.url, useEnvVars: false, logger: noopLogger } as const;
    const client = await createConductorClient(settings, undefined, options);
    client.setConfig(config);
    await expect(client.metadata.getTaskDefs({}, { totalTimeoutMs: 20 })).rejects.toMatchObject({
      code: 'TOTAL_TIMEOUT',
      timeoutMs: 20,
    });
    const controller = new AbortController();
    const aborted = client.metadata.getTaskDefs({}, { signal: controller.signal });
    setImmediate(() => controller.abort('enough'));
    await expect(aborted).rejects.toBe('enough');
    const calls = [
      client.metadata.getTaskDefs(),
      client.metadata.getTaskDefs({}, { signal: new AbortController().signal }),
    ];
    const ends = Promise.allSettled(calls);
    await client.close({ timeoutMs: 1 });
    for (const end of await ends) expect(end).toMatchObject({ reason: { code: 'CLIENT_CLOSED' } });
    expect(client.stats().inFlight).toBe(0);
    await expect(client.metadata.getTaskDefs()).rejects.toMatchObject({
      code: 'CLIENT_CLOSED',
      mayHaveBeenProcessed: false,
    });
  },
);

test.each([...NEVER_ENDING, ['the request', {}, {}] as const])(
  '%s that never ends is ended by the total limit of the client, where the call names none',
  async (_, options, config) => {
    await using server = await startConductorServer();
    server.faults.stall({ path: '/api/metadata/workflow' });
    const settings = { serverUrl: server.url, useEnvVars: false, logger: noopLogger } as const;
    const client = await createConductorClient(settings, undefined, { ...options, retry: { totalTimeoutMs: 20 } });
    client.setConfig(config);
    const path = options.parseJson === undefined ? '/api/metadata/workflow' : '/api/metadata/taskdefs';
    await expect(client.get({ url: path })).rejects.toMatchObject({ code: 'TOTAL_TIMEOUT', timeoutMs: 20 });
    await client.close({ timeoutMs: 1 });
  },
);

test.each(NEVER_ENDING.slice(1))('%s that never ends has the time of an attempt', async (_, options, config) => {
  await using server = await startConductorServer();
  const settings = { serverUrl: server.url, useEnvVars: false, logger: noopLogger } as const;
  const client = await createConductorClient(settings, undefined, options);
  client.setConfig(config);
  await expect(client.metadata.getTaskDefs({}, { timeoutMs: 20 })).rejects.toMatchObject({
    code: 'ATTEMPT_TIMEOUT',
    timeoutMs: 20,
    mayHaveBeenProcessed: true,
  });
  await client.close({ timeoutMs: 1 });
});

test('a fetch of the settings hears when its time is over, and one that hands on to the own has that of all attempts', async () => {
  await using server = await startConductorServer();
  const client = await open(server.url);
  const own = client.getConfig().fetch as typeof fetch;
  server.faults.stall({ path: '/api/metadata' });
  const config = client.setConfig({ fetch });
  await expect(client.metadata.getTaskDefs({}, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT' });
  // The request is not left on its way.
  await expect.poll(() => server.connections()).toEqual([]);
  expect(config.fetch).toBe(fetch);
  // Nor is the rest of its answer.
  await server.faults.clear();
  server.faults.stall({ path: '/api/metadata', at: 'in-body' });
  await expect(client.metadata.getTaskDefs({}, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'ATTEMPT_TIMEOUT' });
  await expect.poll(() => server.connections()).toEqual([]);

  await server.faults.clear();
  server.faults.answer(429, { headers: { 'retry-after': '1' }, times: 1 });
  client.setConfig({ fetch: async (url, init) => await own(url, init) });
  const call = client.metadata.getTaskDefs({}, { timeoutMs: 900, withResponse: true });
  expect(await call).toMatchObject({ data: [], response: { attempts: 2 } });
  client.setConfig({ fetch: async (url, init) => (await own(url, init)) && (await new Promise(() => undefined)) });
  const late = client.metadata.getTaskDefs({}, { timeoutMs: 900, totalTimeoutMs: 1_000 });
  await expect(late).rejects.toMatchObject({ code: 'TOTAL_TIMEOUT', timeoutMs: 1_000 });
  await client.close({ timeoutMs: 1 });
});

const WITH_AND_WITHOUT: [string, ClientOptions][] = [
  ['', {}],
  [', under middleware', { middleware: (next) => async (call) => await next(call) }],
];

/** A client whose calls of metadata get no answer. */
async function openStalled(server: ConductorTestServer, options: ClientOptions): Promise<ConductorClient> {
  server.faults.stall({ path: '/api/metadata' });
  return createConductorClient({ serverUrl: server.url, useEnvVars: false, logger: noopLogger }, undefined, options);
}

test.each(WITH_AND_WITHOUT)(
  'an abort while another call holds the closing up is told before that is over%s',
  async (_, options) => {
    await using server = await startConductorServer();
    const client = await openStalled(server, options);
    const stuck = expect(client.metadata.getTaskDefs()).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
    const controller = new AbortController();
    const call = client.metadata.getTaskDefs({}, { signal: controller.signal });
    await expect.poll(() => server.counts().requests).toBe(2);
    let isClosed = false;
    const closing = client.close({ timeoutMs: 2_000 }).then(() => (isClosed = true));
    controller.abort('enough');
    await expect(call).rejects.toBe('enough');
    expect(isClosed).toBe(false);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await Promise.all([closing, stuck]);
  },
);

test.each(WITH_AND_WITHOUT)(
  'a call that has failed while another one holds the closing up says so when it is aborted%s',
  async (_, options) => {
    await using server = await startConductorServer();
    const client = await openStalled(server, options);
    const holding = new AbortController();
    const stuck = expect(client.metadata.getTaskDefs({}, { signal: holding.signal })).rejects.toBe('over');
    const controller = new AbortController();
    const failed = expect(
      client.workflow.get({ workflowId: 'none' }, { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    let isClosed = false;
    const closing = client.close({ timeoutMs: 60_000 }).then(() => (isClosed = true));
    await expect.poll(() => client.stats().inFlight).toBe(1);
    controller.abort('enough');
    await failed;
    expect(isClosed).toBe(false);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    holding.abort('over');
    await Promise.all([closing, stuck]);
  },
);

test('what middleware calls on the same client, under the signal of its closing, does not hold that up', async () => {
  await using server = await startConductorServer();
  const told: unknown[] = [];
  const middleware: Middleware = (next) => async (call) => {
    const result = await next(call);
    if (call.operation.name !== 'metadata.getTaskDefs') return result;
    closing ??= client.close({ timeoutMs: 60_000 });
    await client.health.check({ signal: client.closing }).catch((error: unknown) => told.push(error));
    return result;
  };
  let closing: Promise<void> | undefined;
  const settings = { serverUrl: server.url, useEnvVars: false, logger: noopLogger } as const;
  const client = await createConductorClient(settings, undefined, { middleware });
  expect(await client.metadata.getTaskDefs()).toEqual([]);
  expect(told).toMatchObject([{ code: 'CLIENT_CLOSED', mayHaveBeenProcessed: false }]);
  await closing;
});

test('closing ends a pause between two polls of a wait', async () => {
  await using server = await startConductorServer();
  const client = await open(server.url);
  const name = 'long';
  const tasks = [{ name: 't', taskReferenceName: 't', type: 'SIMPLE' }];
  await client.metadata.registerWorkflowDef({ body: { name, tasks }, overwrite: true });
  const workflowId = await client.workflow.start({ body: { name } });
  const wait = client.workflow.waitFor({ workflowId, pollMs: 3_600_000 });
  const end = expect(wait).rejects.toMatchObject({ code: 'CLIENT_CLOSED', mayHaveBeenProcessed: false });
  await received(server, `/api/workflow/${workflowId}`);
  await client.close();
  await end;
  expect(getEventListeners(client.closing as AbortSignal, 'abort')).toEqual([]);
});

test('closing with a time that is no number lets calls end', async () => {
  await using server = await startConductorServer();
  server.faults.delay(50, { path: '/api/metadata' });
  const client = await open(server.url);
  const call = client.metadata.getTaskDefs();
  await client.close({ timeoutMs: Number('ten seconds') });
  expect(await call).toEqual([]);
});

test('await using closes at the end of the block', async () => {
  await using server = await startConductorServer();
  let kept: ConductorClient;
  {
    await using client = await open(server.url);
    await client.metadata.getTaskDefs();
    kept = client;
  }
  await expect(kept.metadata.getTaskDefs()).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
});

test.each<[string, (client: ConductorClient) => Promise<unknown>, string?]>([
  ['a call', (client: ConductorClient) => client.workflow.get({ workflowId: 'w' })],
  [
    'a call of another form',
    (client: ConductorClient) => client.workflow.get({ workflowId: 'w' }, { withResponse: true }),
  ],
  ['a function', (client: ConductorClient) => workflowGet(client, { workflowId: 'w' })],
  ['a request', (client: ConductorClient) => client.get({ url: '/api/workflow/w' })],
  ['a method of the published SDK', (client: ConductorClient) => client.workflowResource.getExecutionStatus('w')],
  // Its first poll comes too late.
  ['a wait', (client: ConductorClient) => client.workflow.waitFor({ workflowId: 'w' }), 'CLIENT_CLOSED'],
])(
  '%s that is returned and not awaited under await using fails with its error, and nothing is unhandled',
  async (_, make, code = 'NOT_FOUND') => {
    await using server = await startConductorServer();
    // The client begins to close before this comes.
    server.faults.delay(50, { path: '/api/workflow' });
    const unhandled: unknown[] = [];
    const listener = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listener);
    async function forgetful(): Promise<unknown> {
      await using client = await open(server.url);
      // oxlint-disable-next-line typescript/return-await -- the mistake in question
      return make(client);
    }
    await expect(forgetful()).rejects.toMatchObject({ code });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  },
);

test('several calls that go on after the block say by their errors that the client is closed', async () => {
  await using server = await startConductorServer();
  server.faults.delay(50, { path: '/api/metadata' });
  async function forgetful(): Promise<unknown> {
    await using client = await open(server.url);
    const both = async (): Promise<unknown> => {
      await client.metadata.getTaskDefs();
      return client.metadata.getTaskDefs();
    };
    // oxlint-disable-next-line typescript/return-await -- the mistake in question
    return both();
  }
  await expect(forgetful()).rejects.toMatchObject({
    code: 'CLIENT_CLOSED',
    operation: 'metadata.getTaskDefs',
    hint: expect.stringContaining('await') as unknown,
  });
});

test('an interceptor of errors that never ends holds no call that a closed client refuses beyond its signal', async () => {
  const client = await open('http://127.0.0.1:9');
  client.interceptors.error.use(() => new Promise<never>(() => undefined));
  await client.close();
  const controller = new AbortController();
  const call = client.metadata.getTaskDefs({}, { signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(call).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});
